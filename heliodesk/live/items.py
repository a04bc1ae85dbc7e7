"""New and changed items of a feed, as the open page of the case shows them (C1, C3).

They are rendered once for everybody who looks, because what differs is only what the author may do
with their own post.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.cases.models import Case
from heliodesk.feed.feed_sql import COLUMNS
from heliodesk.feed.other_cases import names_a_case, without_unseen
from heliodesk.feed.queries import FeedRow, feed_row
from heliodesk.people.access import SYSTEM, Actor
from heliodesk.web.filters import day
from heliodesk.web.macros import macros

ITEMS = """
    SELECT c.id, c.number, f.id, f.parent_id, f.kind, f.at, f.body_html, f.data::text, f.edited_at,
        f.deleted_at, f.author_id, u.name
    FROM feed_feeditem f JOIN cases_case c ON c.id = f.case_id
    LEFT JOIN people_user u ON u.id = f.author_id
    WHERE f.id = ANY(%s::bigint[]) ORDER BY f.at, f.id
"""


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a case's feed, as it was read."""

    case: Case
    row: dict[str, Any]

    @property
    def author(self) -> int | None:
        """The ID of who wrote it."""
        author: int | None = self.row["author_id"]
        return author

    @property
    def names_a_case(self) -> bool:
        """Whether it names another case, which not everybody may see (K6)."""
        return names_a_case(self.row)

    def shown_to(self, by: Actor) -> dict[str, Any]:
        """What a page of `by` is told of it."""
        (row,) = without_unseen([dict(self.row)], by=by)
        shown = feed_row(row, self.case, by)
        return {
            "id": shown.id,
            "parent": self.row["parent_id"],
            "html": _markup(shown, is_reply=bool(self.row["parent_id"])),
            "post": shown.is_post,
            "day": str(day(shown.at)),
            "who": shown.author,
            "own": self.author is not None and self.author == by.user_id,
        }

    def shown_to_others(self) -> dict[str, Any]:
        """What the pages of everybody else are told of it."""
        return self.shown_to(SYSTEM)


def read(item_ids: Iterable[int]) -> list[Item]:
    """The items with these IDs, oldest first; one SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(ITEMS, [list(item_ids)])
        found = cursor.fetchall()
    items = []
    for case_id, number, *values in found:
        row = dict(zip(COLUMNS, values, strict=True))
        row["data"] = json.loads(row["data"])
        items.append(Item(Case(id=case_id, number=number), row))
    return items


def _markup(row: FeedRow, *, is_reply: bool) -> str:
    """As feed/item.html writes it; a reply's face is small."""
    module = macros("feed/item.html")
    return str(module.post(row, True) if is_reply else module.item(row))
