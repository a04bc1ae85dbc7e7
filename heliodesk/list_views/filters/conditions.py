"""Filters of a list of cases, and the address that says them (V3).

A condition is `field:operator:values`; a group's parameter repeats for each of its conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast
from urllib.parse import quote_plus

from django.http import QueryDict

from heliodesk.core.refusal import Refused
from heliodesk.list_views.filters.values import check

Mode = Literal["all", "any", "none"]
MOST_CONDITIONS = 30
ADDRESS = "/cases/"
_GROUP = re.compile(r"(all|any|none)(?:\.([1-9][0-9]?))?\Z")


@dataclass(frozen=True, slots=True)
class Condition:
    """One field, how it is compared, and with what."""

    field: str
    operator: str
    values: tuple[str, ...]

    @property
    def text(self) -> str:
        """As it stands in an address."""
        return f"{self.field}:{self.operator}:{','.join(self.values)}"


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which all, any or none hold."""

    mode: Mode
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """Every group holds; without groups every case is in the list."""

    groups: tuple[Group, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address, in order."""
        seen: dict[Mode, int] = {}
        found = []
        for group in self.groups:
            seen[group.mode] = seen.get(group.mode, 0) + 1
            number = seen[group.mode]
            name = group.mode if number == 1 else f"{group.mode}.{number}"
            found += [(name, condition.text) for condition in group.conditions]
        return found

    def __len__(self) -> int:
        return sum(len(group.conditions) for group in self.groups)


def read(query: QueryDict) -> tuple[Filter, list[Refused]]:
    """The filter in the address, and a refusal for each condition that makes no sense: those are
    left out, the rest is kept."""
    groups: dict[tuple[str, int], list[Condition]] = {}
    refused: list[Refused] = []
    count = 0
    for name, texts in query.lists():
        found = _GROUP.match(name)
        if found is None:
            continue
        group = groups.setdefault((found[1], int(found[2] or 1)), [])
        for text in texts:
            count += 1
            try:
                group.append(_condition(text, count))
            except Refused as refusal:
                refused.append(refusal)
    kept = tuple(
        Group(cast("Mode", mode), tuple(dict.fromkeys(conditions)))
        for (mode, _), conditions in groups.items()
        if conditions
    )
    return Filter(kept), refused


def read_text(text: str) -> tuple[Filter, list[Refused]]:
    """As `read`, of a query's text."""
    return read(QueryDict(text))


def address(
    filter: Filter,
    *,
    columns: Iterable[str] = (),
    sort: str = "",
) -> str:
    """The address of the list, which one can send to others."""
    return f"{ADDRESS}?{query_text(filter, columns=columns, sort=sort)}".rstrip("?")


def query_text(
    filter: Filter,
    *,
    columns: Iterable[str] = (),
    sort: str = "",
) -> str:
    """The canonical text of the query, as a saved view keeps it."""
    pairs = filter.pairs()
    if shown := ",".join(columns):
        pairs.append(("columns", shown))
    if sort:
        pairs.append(("sort", sort))
    return "&".join(f"{name}={_quoted(text)}" for name, text in pairs)


@lru_cache(maxsize=4_000)
def _quoted(text: str) -> str:
    """As an address has it. A dashboard has hundreds of addresses of the same conditions."""
    return quote_plus(text, safe=":,.")


def _condition(text: str, count: int) -> Condition:
    if count > MOST_CONDITIONS:
        raise Refused(
            "too_many_conditions",
            f"A list takes at most {MOST_CONDITIONS} conditions, so “{text[:60]}” was left out. "
            "Take away some that the others make needless.",
            rule="V3",
            about={"condition": text},
        )
    field, _, rest = text.partition(":")
    operator, _, value = rest.partition(":")
    return Condition(field, operator, check(field, operator, value, text))
