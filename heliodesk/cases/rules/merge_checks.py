"""What forbids a merge, and its undoing (X7)."""

from __future__ import annotations

from datetime import datetime, timedelta

from heliodesk.cases import access
from heliodesk.cases.models import Case, ClosedReason, Merge
from heliodesk.core import clock
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.people.access import Actor

UNDO_WINDOW = timedelta(hours=6)


def require_mergeable(case: Case, into: Case, *, by: Actor) -> None:
    """Refuse unless `by` may merge these two, and they can be merged."""
    require_merger(case, into, by=by)
    if case.pk == into.pk:
        raise Refused(
            "merge_with_itself",
            "A case cannot be merged with itself. Choose another one.",
            rule="X7",
            field="other",
        )
    for one in (case, into):
        if one.is_closed:
            raise Refused(
                "merge_closed_case",
                f"Case {one.display_number} is closed, and only open cases are merged. "
                "A closed one can be reopened within its time first.",
                rule="X7",
                field="other",
            )
    if (case.account_id, case.case_type) != (into.account_id, into.case_type):
        raise Refused(
            "merge_across_customers",
            f"Cases {case.display_number} and {into.display_number} are not of one customer. "
            "Only cases of the same homeowner account, or of the same Org, are merged.",
            rule="X7",
            field="other",
        )


def require_merger(case: Case, into: Case, *, by: Actor) -> None:
    """Refuse for anybody but the owner of either case or a supervisor (K7)."""
    if not access.may_merge(case, into, by):
        raise NotPermitted(
            "not_the_owner",
            "Only the owner of one of the two cases or a supervisor may merge them. "
            "Post in the feed to ask them.",
            rule="K7",
        )


def duplicate_reason() -> ClosedReason:
    """The Closed Reason that only the system sets; refuses where the set-up has none."""
    reason = ClosedReason.objects.filter(set_by_system=True).order_by("id").first()
    if reason is None:
        raise Refused(
            "duplicate_reason_missing",
            "The set-up has no Closed Reason that the system sets. An administrator adds one.",
            rule="X7",
        )
    return reason


def standing_merge(case: Case) -> Merge:
    """The merge that closed the case; refuses where there is none, or it was undone."""
    merges = Merge.objects.select_related("case", "into")
    merge = merges.filter(case=case, undone_at=None).first()
    if merge is None:
        raise Refused(
            "not_merged",
            "The case is not merged into another one, or that has been undone already.",
            rule="X7",
        )
    return merge


def require_undoable(merge: Merge, into: Case, *, by: Actor) -> None:
    """Refuse for those who may not, after six hours, and while `into` is merged itself."""
    require_merger(merge.case, into, by=by)
    require_undo_in_time(merge.at)
    onward = Merge.objects.filter(case=into, undone_at=None).select_related("into").first()
    if onward is not None:
        raise Refused(
            "merged_onward",
            f"Case {into.display_number} was itself merged into {onward.into.display_number} "
            "since. Undo that merge first.",
            rule="X7",
        )


def require_undo_in_time(merged_at: datetime) -> None:
    """Refuse more than six hours after the merge."""
    if clock.now() - merged_at > UNDO_WINDOW:
        raise Refused(
            "undo_too_late",
            "The merge is more than 6 hours old and stands. Open a new case from this one.",
            rule="X7",
        )
