"""Closing a case together with what is still open: each dealt with in the dialog (X2)."""

from __future__ import annotations

from collections.abc import Iterable

from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.assignments.rules import texts
from heliodesk.assignments.rules.ending import withdraw_assignment
from heliodesk.cases import access
from heliodesk.cases.models import Case, ClosedReason, Closure
from heliodesk.cases.rules.closing import close, offered
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor


@rule("X1", "X2", "A4")
def withdraw_and_close(
    case: Case,
    *,
    withdraw: Iterable[int],
    withdrawal_note: str = "",
    reason: ClosedReason | None,
    note: str = "",
    by: Actor,
) -> Closure:
    """Withdraw those of the case's assignments which `withdraw` names by ID, and close it; gives
    the closure. Either all of it happens, or nothing.

    One that has ended meanwhile needs no withdrawing. Refuses as `close` does; so while one
    stands which is not to be withdrawn.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="close it")
    access.require_open(case, to="close it again")
    reason = offered(reason)
    why = texts.optional(
        withdrawal_note, label="the reason of withdrawing", field="withdrawal_note", rule="A4"
    )
    named = CaseAssignment.objects.filter(case=case, pk__in=list(withdraw), status__in=STANDING)
    for assignment in named.select_related("case").order_by("pk"):
        withdraw_assignment(assignment, note=why, by=by)
    return close(case, reason=reason, note=note, by=by)
