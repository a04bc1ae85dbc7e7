"""Carrying on with an action on several cases (V3), some cases after the other."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.db import connection, transaction

from heliodesk.bulk.models import BulkAction, BulkChunk
from heliodesk.bulk.rules.acts import doing
from heliodesk.bulk.rules.each import Work, do_each
from heliodesk.bulk.rules.ending import end
from heliodesk.core import clock
from heliodesk.people.access import SYSTEM

#: Cases of one transaction: what is asked once for all of them costs each a tenth, and whoever
#: wants one of them, or to stop the action, waits for a tenth of a second.
TOGETHER = 10

LEFT = """
    SELECT wanted.id FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY wanted (id, place)
    WHERE NOT EXISTS (SELECT FROM bulk_bulkresult r
        WHERE r.action_id = %(action)s AND r.case_id = wanted.id)
    ORDER BY wanted.place
"""
FINISH_CHUNK = """
    UPDATE bulk_bulkchunk SET finished_at = %s WHERE id = %s AND finished_at IS NULL
"""
COUNT = """
    UPDATE bulk_bulkaction a SET done = a.done + counted.done,
        nothing = a.nothing + counted.nothing, refused = a.refused + counted.refused
    FROM (
        SELECT count(*) FILTER (WHERE outcome = 'done') AS done,
            count(*) FILTER (WHERE outcome = 'nothing') AS nothing,
            count(*) FILTER (WHERE outcome = 'refused') AS refused
        FROM bulk_bulkresult WHERE action_id = %(action)s AND case_id = ANY(%(ids)s::bigint[])
    ) counted
    WHERE a.id = %(action)s AND a.ended_at IS NULL
"""


def carry_on(action_id: int, *, seconds: float) -> bool:
    """Do what is left of the action for at most about so many seconds; gives whether it has ended.

    May run twice, or in two processes at once: no case is done twice.
    """
    until = monotonic() + seconds
    action = BulkAction.objects.get(pk=action_id)
    if action.has_ended:
        return True
    done_to_each = doing(action.act)
    work = Work(action, done_to_each, done_to_each.as_given(action.arguments))
    chunks = BulkChunk.objects.filter(action=action, finished_at=None).order_by("position")
    while chunk := chunks.first():
        if not _chunk(work, chunk, until):
            return BulkAction.objects.filter(pk=action_id, ended_at__isnull=False).exists()
    end(action_id, by=SYSTEM)
    return True


def _chunk(work: Work, chunk: BulkChunk, until: float) -> bool:
    """Whether the whole chunk is done: not where time is up, or the action was stopped."""
    with connection.cursor() as cursor:
        wanted: dict[str, Any] = {"ids": chunk.case_ids, "action": work.action.pk}
        cursor.execute(LEFT, wanted)
        left = [case_id for (case_id,) in cursor.fetchall()]
    for start in range(0, len(left), TOGETHER):
        if monotonic() > until:
            return False
        all_mine = do_each(work, left[start : start + TOGETHER])
        if not all_mine and _has_ended(work.action):
            return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FINISH_CHUNK, [clock.now(), chunk.pk])
        if cursor.rowcount:
            values: dict[str, Any] = {"action": work.action.pk, "ids": chunk.case_ids}
            cursor.execute(COUNT, values)
    return True


def _has_ended(action: BulkAction) -> bool:
    return BulkAction.objects.filter(pk=action.pk, ended_at__isnull=False).exists()
