"""The statement behind `feed.queries`: a page of roots with all their replies.

Every case page runs it, and composing it takes Django longer than PostgreSQL takes to answer.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from heliodesk.feed import kinds
from heliodesk.feed.cursor import Cursor

COLUMNS = (
    "id", "parent_id", "kind", "at", "body_html", "data", "edited_at", "deleted_at",
    "author_id", "author",
)  # fmt: skip
POSTS = f"AND kind = '{kinds.POST.code}'"

FEED = """
WITH root AS (
    SELECT id FROM feed_feeditem
    WHERE case_id = %(case)s AND parent_id IS NULL {posts} {start}
    ORDER BY at DESC, id DESC LIMIT %(limit)s
), shown AS (
    SELECT id FROM root
    UNION ALL
    SELECT reply.id FROM feed_feeditem reply JOIN root ON reply.parent_id = root.id
)
SELECT f.id, f.parent_id, f.kind, f.at, f.body_html, f.data::text, f.edited_at, f.deleted_at,
    f.author_id, u.name
FROM shown JOIN feed_feeditem f USING (id) LEFT JOIN people_user u ON u.id = f.author_id
ORDER BY f.at, f.id
"""


def read(case: int, *, posts_only: bool, start: Cursor | None, limit: int) -> list[dict[str, Any]]:
    """The newest `limit` roots at or after `start`, and their replies, oldest first; one SQL
    statement."""
    comparison = "<=" if start is not None and start.inclusive else "<"
    statement = FEED.format(
        posts=POSTS if posts_only else "",
        start=f"AND (at, id) {comparison} (%(at)s, %(id)s)" if start else "",
    )
    params: dict[str, Any] = {"case": case, "limit": limit}
    if start is not None:
        params |= {"at": start.at, "id": start.id}
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["data"] = json.loads(row["data"])
    return rows
