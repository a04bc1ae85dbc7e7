"""Beginning an action on several cases (V3): which cases they are is fixed here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import connection

from heliodesk.bulk.access import get_action
from heliodesk.bulk.models import BulkAction, BulkResult, Outcome
from heliodesk.bulk.queries.selected import condition
from heliodesk.bulk.rules.acts import Given, doing
from heliodesk.bulk.selection import Selection
from heliodesk.cases.access import not_visible
from heliodesk.core import audit, clock
from heliodesk.core.jobs import defer
from heliodesk.core.refusal import NeedsConfirmation, Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor

#: As many are done while the browser waits, and need no second question.
FEW = 50
CHUNK = 50
#: A list changes while one reads how many there are; with more than this share on top it is asked
#: again.
MORE_THAN_CONFIRMED = 1.1
JOB = "heliodesk.bulk.jobs.carry_on"
#: Seconds after which a worker looks after what should have been done while the browser waits.
LOOKED_AFTER = 10

FIX = """
    INSERT INTO bulk_bulkchunk (action_id, position, case_ids)
    SELECT %s, place / {chunk}, array_agg(id ORDER BY id) FROM (
        SELECT c.id, row_number() OVER (ORDER BY c.id) - 1 AS place FROM cases_case c WHERE {which}
    ) chosen GROUP BY place / {chunk}
    RETURNING cardinality(case_ids)
"""


@rule("V3", "K1", "K4")
def start_bulk_action(
    act: str, *, over: Selection, arguments: Given, confirmed: int | None = None, by: Actor
) -> BulkAction:
    """Begin to do `act` to several cases; gives the action, which a job carries on.

    `arguments` are those of the single act: `to` and `reason`, `reason` and `note`, `priority`.
    `confirmed` is how many cases the person was told of. Refuses an unknown act, one that `by`
    never may, arguments that make no sense or lack what some of the cases need, going on with an
    action that has not ended, where nothing is selected or nothing matches, a filter that cannot
    be used as it stands, and (`NeedsConfirmation`) more cases than `FEW` that nobody confirmed.
    """
    done_to_each = doing(act)
    done_to_each.require_permitted(by)
    kept = done_to_each.to_keep(arguments)
    if over.earlier is not None:
        _require_ended(get_action(over.earlier, by=by))
    done_to_each.require_enough(over, arguments, by)
    action = BulkAction.objects.create(
        by_id=by.person_id,
        origin=by.origin,
        act=act,
        arguments=kept,
        query=over.query if over.everything else "",
        again_of_id=over.earlier,
        total=0,
        started_at=clock.now(),
    )
    _fix(action, over, by=by)
    _require_confirmed(action.total, confirmed)
    action.save(update_fields=["total", "refused"])
    changes = {"act": act, **kept, "query": action.query, "cases": action.total}
    audit.note("bulk_started", "bulk_action", action.pk, changes=changes, by=by)
    _leave_to_a_worker(action)
    return action


def _require_ended(earlier: BulkAction) -> None:
    if not earlier.has_ended:
        raise Refused(
            "runs_still",
            "The earlier action still runs. Wait until it has ended, or stop it, and then go on.",
            rule="V3",
        )


def _fix(action: BulkAction, over: Selection, *, by: Actor) -> None:
    """Write down which cases they are; of picked numbers also those that are none (K6)."""
    which, values = condition(over, by=by)
    with connection.cursor() as cursor:
        cursor.execute(FIX.format(chunk=CHUNK, which=which), [action.pk, *values])
        action.total = sum(count for (count,) in cursor.fetchall())
    missing = _missing(action, over.numbers) if not over.everything else []
    action.refused = len(missing)
    action.total += len(missing)
    if not action.total:
        raise Refused(
            "nothing_matches",
            "No case matches any more, so there is nothing to do. Look at the list again.",
            rule="V3",
        )
    BulkResult.objects.bulk_create(missing)


def _missing(action: BulkAction, numbers: Iterable[int]) -> list[BulkResult]:
    """Refused results for the numbers that are no case which the person may see."""
    wanted = set(numbers)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number FROM cases_case WHERE id IN"
            " (SELECT unnest(case_ids) FROM bulk_bulkchunk WHERE action_id = %s)",
            [action.pk],
        )
        wanted -= {number for (number,) in cursor.fetchall()}
    return [_no_case(action, number) for number in sorted(wanted)]


def _no_case(action: BulkAction, number: int) -> BulkResult:
    refused = not_visible(number)
    return BulkResult(
        action=action,
        number=number,
        outcome=Outcome.REFUSED,
        code=refused.code,
        message=refused.message,
        rule=refused.rule,
        at=action.started_at,
    )


def _require_confirmed(total: int, confirmed: int | None) -> None:
    if total > FEW and (confirmed is None or total > confirmed * MORE_THAN_CONFIRMED):
        about: dict[str, Any] = {"total": total}
        raise NeedsConfirmation(
            "how_many",
            f"These are {total:,} cases. Confirm that all of them are meant.",
            rule="V3",
            about=about,
        )


def _leave_to_a_worker(action: BulkAction) -> None:
    """Few are done by whoever began, at once; should that not come about, a worker does them."""
    key = f"{JOB} {action.pk}"
    if action.total > FEW:
        defer(JOB, once=key, action=action.pk)
    else:
        at = clock.now() + timedelta(seconds=LOOKED_AFTER)
        defer(JOB, once=key, at=at, action=action.pk)
