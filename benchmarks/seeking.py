"""Addresses of what is sought and listed: searches, lists with three filters, the dashboard."""

from __future__ import annotations

import random
from urllib.parse import urlencode

from benchmarks import words
from benchmarks.directory import Directory, Home, contract_id

SORTS = ("-created_at", "created_at", "-last_modified_at", "number", "customer", "priority")
SELECTIVE = "all=status:is:new,awaiting_support&all=priority:is:high&all=created_at:last:30d"
OTHER_SORTS = ("request_type", "status", "-owner_agent")  # no index has these in order
UNSELECTIVE = "all=case_type:is:homeowner&all=priority:is:normal&all=created_at:last:12m"
NOTHING = "all=status:is:new&all=closed_at:last:12m&all=priority:is:high"
API_LISTS = ["/api/v1/cases?limit=50", "/api/v1/cases?limit=50&all=status:is:new"]
API_SORTS = ("-created_at", "created_at", "-last_modified_at")
DASHBOARD = ["/dashboards/team/"]


def lists(query: str) -> list[str]:
    """The list with that filter, on each sort."""
    return [f"/cases/?{query}&sort={sort}" for sort in SORTS]


def api_lists(query: str) -> list[str]:
    """The same as JSON, on each sort that the API has."""
    return [f"/api/v1/cases?limit=50&{query}&sort={sort}" for sort in API_SORTS]


def other_lists() -> list[str]:
    """The lists with each of the three filters, sorted by columns whose values are gone through."""
    filters = (SELECTIVE, UNSELECTIVE, NOTHING)
    return [f"/cases/?{query}&sort={sort}" for query in filters for sort in OTHER_SORTS]


def as_typed(directory: Directory) -> list[str]:
    """What the field asks for while somebody types: each third letter of names, also with a letter
    wrong, of addresses, IDs, mail addresses and phones."""
    chance = random.Random(23)
    typed = []
    for _ in range(60):
        home = directory.home(chance.randrange(directory.busy))
        for whole in _known_of(home, chance):
            typed += [whole[:end] for end in range(3, len(whole) + 1, 3)]
    chance.shuffle(typed)
    return [f"/search/options/?{urlencode({'q': text})}" for text in typed]


def _known_of(home: Home, chance: random.Random) -> list[str]:
    at = chance.randrange(1, len(home.name) - 1)
    mistyped = home.name[:at] + home.name[at + 1 :]
    return [home.name, mistyped, home.street, contract_id(home.contract), home.email, home.phone]


def common_words() -> list[str]:
    """Full text for words that stand in many texts."""
    known = [word for word in words.vocabulary()[0][:200] if len(word) > 5]
    return [_full_text(word) for word in [words.COMMON, *known[:10]]]


def rare_words() -> list[str]:
    """Full text for words that few texts have."""
    return [_full_text(word) for word in words.vocabulary()[0][-50:]]


def _full_text(word: str) -> str:
    return f"/search/?{urlencode({'q': word})}"
