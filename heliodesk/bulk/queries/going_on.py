"""Which action goes on with what a stopped one had not come to.

Both that and trying again come after an earlier action, which has results of the cases that it
refused, and none of those that it had not come to: the first case says which of the two it is.
"""

from __future__ import annotations

from django.db import connection

from heliodesk.bulk.models import BulkAction

LATER = """
    SELECT later.id FROM bulk_bulkaction later
    JOIN bulk_bulkchunk k ON k.action_id = later.id AND k.position = 0
    WHERE later.again_of_id = %s AND later.total > 0 {which} AND NOT EXISTS (
        SELECT FROM bulk_bulkresult r
        WHERE r.action_id = later.again_of_id AND r.case_id = k.case_ids[1])
    ORDER BY later.id DESC LIMIT 1
"""


def goes_on(action: BulkAction) -> bool:
    """Whether it goes on with a stopped one, and does not try its refused cases again."""
    return action.again_of_id is not None and _last(action.again_of_id, action.pk) is not None


def gone_on_with(action: BulkAction) -> int | None:
    """The ID of the latest action that goes on with this one."""
    return _last(action.pk)


def _last(earlier: int, this: int | None = None) -> int | None:
    which, values = ("", [earlier]) if this is None else ("AND later.id = %s", [earlier, this])
    with connection.cursor() as cursor:
        cursor.execute(LATER.format(which=which), values)
        found = cursor.fetchone()
    return found[0] if found else None
