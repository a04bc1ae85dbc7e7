"""Doing the act of an action to its cases (V3): each by the rule of the single act, with its own
result; some of them in one transaction, so that what all of them need is asked once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from django.db import IntegrityError, OperationalError, connection, transaction

from heliodesk.bulk.models import BulkAction, Outcome
from heliodesk.bulk.rules.acts import Doing, Given
from heliodesk.cases import access
from heliodesk.cases.locks import lock_rows, locked_ahead
from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.rule import undone_as_a_whole
from heliodesk.people.access import Actor, active_user, actor_for

log = logging.getLogger(__name__)

TRIES = 3  # of a case, where PostgreSQL had to end a deadlock or a statement

#: Claims cases: nobody else does them in this action, now or later, and the action stays as it is
#: until they are done. No row for one that has a result already; none where the action has ended.
CLAIM = """
    INSERT INTO bulk_bulkresult (action_id, case_id, number, outcome, at)
    SELECT a.id, c.id, c.number, 'done', %(now)s FROM bulk_bulkaction a, cases_case c
    WHERE a.id = %(action)s AND a.ended_at IS NULL AND c.id = ANY(%(cases)s::bigint[])
    ORDER BY c.id
    FOR SHARE OF a
    ON CONFLICT (action_id, case_id) DO NOTHING
    RETURNING id, case_id, number
"""
SAY = """
    UPDATE bulk_bulkresult SET outcome = %s, code = %s, message = %s, rule = %s WHERE id = %s
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What is done to each case of an action."""

    action: BulkAction
    doing: Doing
    given: Given


@dataclass(frozen=True, slots=True)
class Claimed:
    """A case that is this run's to do, and the ID of its result."""

    result: int
    case_id: int
    number: int


def do_each(work: Work, case_ids: Sequence[int]) -> bool:
    """Do it to these cases, whatever comes of each; gives whether all were this run's to do.

    Those that nobody else holds are done in one transaction. The others, and all of them where
    that fails, one by one.
    """
    try:
        with transaction.atomic():
            done, all_mine = _together(work, case_ids, waiting=False)
    except Exception as error:
        if not connection.is_usable():
            raise
        log.info("Action %s: %s cases one by one: %s", work.action.pk, len(case_ids), error)
        done, all_mine = set(), True
    others = [_tried(work, case_id) for case_id in case_ids if case_id not in done]
    return all_mine and all(others)


def _tried(work: Work, case_id: int) -> bool:
    """Do it to one case, whatever comes of it; gives whether it was this run's to do."""
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _together(work, [case_id], waiting=True)[1]
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


def _together(work: Work, case_ids: Sequence[int], *, waiting: bool) -> tuple[set[int], bool]:
    """Do it to the cases; without `waiting` only to those that nobody holds. Gives which these
    were, and whether all of them were this run's to do.

    The rows are locked before they are claimed, here as by everybody else: two runs that come to
    the same cases wait for each other at the rows only.
    """
    rows = lock_rows(case_ids, waiting=waiting)
    claimed = _claimed(work, list(rows)) if rows else []
    if claimed:
        _need_not_be_on_disk_yet()
        by = cache(lambda: acting(work.action))
        with locked_ahead(rows):
            for one in claimed:
                _one(work, one, by)
    return set(rows), len(claimed) == len(rows)


def _need_not_be_on_disk_yet() -> None:
    """The cases and their results are written together. Should the last moments before a power cut
    be lost, they are lost together, and the cases are done again; the end of the action waits for
    the disk, and with it all that came before."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def _one(work: Work, claimed: Claimed, by: Callable[[], Actor]) -> None:
    try:
        with transaction.atomic(), undone_as_a_whole():
            case = Case(pk=claimed.case_id, number=claimed.number)
            access.require_visible(case, by=by())
            why_not = work.doing.do(case, work.given, by())
    except Refused as refused:
        _say(claimed, Outcome.REFUSED, refused.code, refused.message, refused.rule)
    else:
        if why_not:
            _say(claimed, Outcome.NOTHING, "", why_not, "")


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


def _claimed(work: Work, case_ids: list[int]) -> list[Claimed]:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": clock.now(), "action": work.action.pk, "cases": case_ids})
        return [Claimed(*row) for row in cursor.fetchall()]


def _say(claimed: Claimed, outcome: Outcome, code: str, message: str, number: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SAY, [outcome.value, code, message, number, claimed.result])


def _claimed_and_said(work: Work, case_id: int, refused: Refused) -> bool:
    claimed = _claimed(work, list(lock_rows([case_id], waiting=True)))
    for one in claimed:
        _say(one, Outcome.REFUSED, refused.code, refused.message, refused.rule)
    return bool(claimed)


def _failed(error: Exception) -> Refused:
    return Refused(
        "failed",
        f"The desk failed at this case ({type(error).__name__}), and left it as it was. "
        "Try it again; if it fails again, tell an administrator, who finds why in the log.",
        rule="V3",
    )
