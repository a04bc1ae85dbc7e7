"""Carrying on with an action on several cases (V3): each case by the rule of the single act, in a
transaction of its own."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction

from heliodesk.bulk.models import BulkAction, BulkChunk, Outcome
from heliodesk.bulk.rules.acts import Doing, Given, doing
from heliodesk.bulk.rules.ending import end
from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.rule import undone_as_a_whole
from heliodesk.people.access import SYSTEM, Actor, active_user, actor_for

log = logging.getLogger(__name__)

TRIES = 3  # of a case, where PostgreSQL had to end a deadlock or a statement

#: Claims a case: nobody else does it in this action, now or later, and the action stays as it is
#: until the case is done. No row where it has a result already, or the action has ended.
CLAIM = """
    INSERT INTO bulk_bulkresult (action_id, case_id, number, outcome, at)
    SELECT a.id, c.id, c.number, 'done', %(now)s FROM bulk_bulkaction a, cases_case c
    WHERE a.id = %(action)s AND a.ended_at IS NULL AND c.id = %(case)s
    FOR SHARE OF a
    ON CONFLICT (action_id, case_id) DO NOTHING
    RETURNING id, number
"""
SAY = """
    UPDATE bulk_bulkresult SET outcome = %s, code = %s, message = %s, rule = %s WHERE id = %s
"""
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


@dataclass(frozen=True, slots=True)
class Work:
    """What is done to each case of an action."""

    action: BulkAction
    doing: Doing
    given: Given


def carry_on(action_id: int, *, seconds: float) -> bool:
    """Do what is left of the action for at most about so many seconds; gives whether it has ended.

    May run twice, or in two processes at once: no case is done twice.
    """
    until = monotonic() + seconds
    action = BulkAction.objects.get(pk=action_id)
    if action.has_ended:
        return True
    done_to_each = doing(action.act)
    work = Work(action, done_to_each, done_to_each.taken_up(action.arguments))
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
    for case_id in left:
        if monotonic() > until:
            return False
        if not _tried(work, case_id) and _has_ended(work.action):
            return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FINISH_CHUNK, [clock.now(), chunk.pk])
        if cursor.rowcount:
            values: dict[str, Any] = {"action": work.action.pk, "ids": chunk.case_ids}
            cursor.execute(COUNT, values)
    return True


def _has_ended(action: BulkAction) -> bool:
    return BulkAction.objects.filter(pk=action.pk, ended_at__isnull=False).exists()


def _tried(work: Work, case_id: int) -> bool:
    """Do it to one case, whatever comes of it; gives whether it was this run's to do."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                _need_not_be_on_disk_yet()
                return _one(work, case_id)
        except OperationalError as error:  # a deadlock that PostgreSQL ended, a statement too long
            if not connection.is_usable():
                raise
            failure: Exception = error
            log.warning("Case %s is tried again (%s): %s", case_id, attempt + 1, error)
        except IntegrityError as error:  # what another commits meanwhile, and no rule looked at
            failure = error
            break
        except Exception as error:
            failure = error
            break
    log.error("Action %s failed at case %s", work.action.pk, case_id, exc_info=failure)
    with transaction.atomic():
        return _claimed_and_said(work, case_id, _failed(failure))


def _need_not_be_on_disk_yet() -> None:
    """The case and its result are written together. Should the last moments before a power cut be
    lost, they are lost together, and the case is done again; the end of the action waits for the
    disk, and with it all that came before."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def _one(work: Work, case_id: int) -> bool:
    claimed = _claimed(work, case_id)
    if claimed is None:
        return False
    result, number = claimed
    try:
        with transaction.atomic(), undone_as_a_whole():
            by = acting(work.action)
            case = Case(pk=case_id, number=number)
            access.require_visible(case, by=by)
            why_not = work.doing.do(case, work.given, by)
    except Refused as refused:
        _say(result, Outcome.REFUSED, refused.code, refused.message, refused.rule)
    else:
        if why_not:
            _say(result, Outcome.NOTHING, "", why_not, "")
    return True


def acting(action: BulkAction) -> Actor:
    """Whoever began it, with the role and the memberships that they have now (K1); the record says
    that it came by this action (K4). Refuses for whoever is no longer active."""
    user = active_user(action.by_id)
    if user is None:
        raise NotPermitted(
            "no_longer_active",
            "Whoever began this is no longer active on the desk. Ask a supervisor to do it.",
            rule="K1",
        )
    origin = f"{action.origin[:50]}, bulk action {action.pk}"
    return actor_for(user, origin=origin, bulk_action=action.pk)


def _claimed(work: Work, case_id: int) -> tuple[int, int] | None:
    """The ID of its result, and the number of the case."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": clock.now(), "action": work.action.pk, "case": case_id})
        row: tuple[int, int] | None = cursor.fetchone()
    return row


def _say(result: int, outcome: Outcome, code: str, message: str, number: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SAY, [outcome.value, code, message, number, result])


def _claimed_and_said(work: Work, case_id: int, refused: Refused) -> bool:
    claimed = _claimed(work, case_id)
    if claimed is not None:
        _say(claimed[0], Outcome.REFUSED, refused.code, refused.message, refused.rule)
    return claimed is not None


def _failed(error: Exception) -> Refused:
    return Refused(
        "failed",
        f"The desk failed at this case ({type(error).__name__}), and left it as it was. "
        "Try it again; if it fails again, tell an administrator, who finds why in the log.",
        rule="V3",
    )
