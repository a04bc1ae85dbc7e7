"""Merging two open cases for one issue, and undoing it (X7)."""

from __future__ import annotations

from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.cases import access
from heliodesk.cases.models import Case, Closure, Merge, Status
from heliodesk.cases.rules.jira_links import tell_of_case
from heliodesk.cases.rules.merge_checks import (
    duplicate_reason,
    require_mergeable,
    require_undoable,
    standing_merge,
)
from heliodesk.cases.rules.merged_things import bring_back, move_all, name_tickets, unname_tickets
from heliodesk.cases.rules.ownership import owner_name, set_owner
from heliodesk.cases.rules.reopening import fit_owner
from heliodesk.cases.rules.status import become, settle
from heliodesk.core import clock
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor


@rule("X7", "K7")
def merge_cases(case: Case, *, into: Case, by: Actor) -> Merge:
    """Move what `case` has to `into`, and close it as *Duplicate*; gives the merge.

    The surviving case keeps its owner, takes the higher priority, and gets the status that its
    assignments mean. Refuses for anybody but the owner of either or a supervisor, for cases of
    two customers or types, and where one of them is closed.
    """
    case, into = access.lock_both(case, into)
    require_mergeable(case, into, by=by)
    merge = Merge(
        case=case,
        into=into,
        at=clock.now(),
        by_id=by.person_id,
        case_status=case.status,
        into_status=into.status,
        into_priority=into.priority,
    )
    move_all(merge)
    merge.save()
    _close_as_duplicate(case, merge, by=by)
    raised = case.priority < into.priority
    into.priority = min(into.priority, case.priority)
    changed = [*(["priority"] if raised else []), *name_tickets(merge, into)]
    record(into, kinds.MERGED_IN, changed=changed, at=merge.at, other=case.display_number, by=by)
    tell_of_case(case)
    if merge.jira_links:
        tell_of_case(into)
    into = settle(into, by=by)
    if into.status == Status.NEW and merge.assignments:  # New has had no assignment yet
        become(into, Status.AWAITING_SUPPORT, by=by)
    return merge


@rule("X7", "K7")
def undo_merge(case: Case, *, by: Actor) -> Merge:
    """Undo the merge that closed `case`, within six hours; gives it.

    What moved goes back as it is by now, what came later stays, and the statuses of both cases
    are worked out anew. X4's one reopening is not used up.
    Refuses for anybody but the owner of either or a supervisor, where the case is not merged (any
    more), later, and while the surviving case is merged into a third.
    """
    merge = standing_merge(case)
    case, into = access.lock_both(merge.case, merge.into)
    merge = standing_merge(case)  # somebody may have undone it while this waited for the lock
    require_undoable(merge, into, by=by)
    now = clock.now()
    merge.undone_at, merge.undone_by_id = now, by.person_id
    merge.save(update_fields=["undone_at", "undone_by"])
    Closure.objects.filter(case=case, reopened_at=None).delete()
    case.status, case.closed_at = _anew(merge.case_status), None
    old, owner = owner_name(case), fit_owner(case, by=by)
    set_owner(case, owner)
    changed = ["status", "closed_at", "owner_agent", "owner_queue"]
    other = into.display_number
    record(case, kinds.MERGE_UNDONE, changed=changed, at=now, other=other, by=by)
    if owner.name != old:
        record(case, kinds.OWNER, at=now, by=by, old=old, new=owner.name)
    bring_back(merge)
    tell_of_case(case)
    settle(case, by=by)
    _work_out_survivor(into, merge, by=by)
    return merge


def _close_as_duplicate(case: Case, merge: Merge, *, by: Actor) -> None:
    reason = duplicate_reason()
    Closure.objects.create(case=case, reason=reason, closed_at=merge.at, closed_by_id=by.user_id)
    case.status, case.closed_at = Status.CLOSED, merge.at
    changed = ["status", "closed_at"]
    other = merge.into.display_number
    record(case, kinds.MERGED, changed=changed, at=merge.at, other=other, by=by)


def _work_out_survivor(into: Case, merge: Merge, *, by: Actor) -> None:
    """Take back what the merge raised, and the status that came from what has gone back."""
    lowered = ["priority"] if into.priority < merge.into_priority and not into.is_closed else []
    into.priority = merge.into_priority if lowered else into.priority
    other = merge.case.display_number
    changed = [*lowered, *unname_tickets(merge, into)]
    record(into, kinds.MERGE_UNDONE, changed=changed, other=other, by=by)
    assignments = CaseAssignment.objects.filter(case=into)
    if into.status == Status.INTERNAL_REFERRAL and not assignments.filter(status__in=STANDING):
        never = merge.into_status == Status.NEW and assignments.exists()
        become(into, Status.AWAITING_SUPPORT if never else _anew(merge.into_status), by=by)


def _anew(before: str) -> Status:
    """The status of a case without standing assignments, which was `before`."""
    return Status.AWAITING_SUPPORT if before == Status.INTERNAL_REFERRAL else Status(before)
