"""The status of a case (S1, S2, S3): what is set by hand, and what the system sets."""

from __future__ import annotations

from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.cases import access
from heliodesk.cases.models import Case, Status
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify, owner_ids
from heliodesk.people.access import Actor

#: What the owner or a supervisor sets (S2); the others the system sets.
BY_HAND = (Status.AWAITING_SUPPORT, Status.AWAITING_CUSTOMER)


@rule("S1", "S2", "K7")
def set_status(case: Case, status: str, *, by: Actor) -> Case:
    """Set Awaiting Customer Support or Awaiting Customer Response; gives the case.

    Refuses for anybody but the owner or a supervisor, on a closed case, any other status, while
    an assignment stands, and the status that the case has already.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="set its status")
    access.require_open(case, to="set its status")
    require_by_hand(status)
    require_none_standing(case)
    if case.status == status:
        raise Refused(
            "status_already",
            f"The case is {Status(status).label} already.",
            rule="S2",
            field="status",
        )
    return become(case, Status(status), by=by)


@rule("S1", "S2")
def settle(case: Case, *, by: Actor) -> Case:
    """Give the case the status that its assignments mean; gives the case.

    Called after an assignment has begun or ended: Internal Referral while any stands, Awaiting
    Customer Support when the last has ended. A closed case stays closed (X6), and one without
    assignments keeps what was set by hand.
    """
    case = access.lock(case)
    if case.is_closed:
        return case
    if standing_departments(case):
        wanted = Status.INTERNAL_REFERRAL
    elif case.status == Status.INTERNAL_REFERRAL:
        wanted = Status.AWAITING_SUPPORT
    else:
        return case
    return case if case.status == wanted else become(case, wanted, by=by)


@rule("S3")
def customer_replied(case: Case, *, item: FeedItem, by: Actor) -> Case:
    """What a customer's reply or interaction, told in `item`, does to the case; gives it.

    One that awaits the customer's response becomes Awaiting Customer Support; on any other open
    case the owner is told; on a closed one nothing happens.
    """
    case = access.lock(case)
    if case.status == Status.AWAITING_CUSTOMER:
        return become(case, Status.AWAITING_SUPPORT, by=by)
    if not case.is_closed:
        notify(owner_ids(case), item, NoticeKind.CUSTOMER, by=by)
    return case


def standing_departments(case: Case) -> list[str]:
    """The departments that an assignment of the case stands with, oldest first."""
    standing = CaseAssignment.objects.filter(case=case, status__in=STANDING)
    return list(standing.order_by("id").values_list("department__name", flat=True))


def require_by_hand(status: str) -> None:
    """Refuse a status that nobody sets by hand (S2)."""
    if status in BY_HAND:
        return
    known = dict(Status.choices)
    ways = {
        Status.NEW: "It is what a case is created with.",
        Status.INTERNAL_REFERRAL: "It follows from an open case assignment.",
        Status.CLOSED: "Close the case with a Closed Reason instead.",
    }
    way = next((words for key, words in ways.items() if key == status), "")
    raise Refused(
        "status_not_by_hand",
        f"“{known.get(status, status)}” is not set by hand. {way} Choose Awaiting Customer "
        "Support or Awaiting Customer Response.".replace("  ", " "),
        rule="S2",
        field="status",
    )


def require_none_standing(case: Case) -> None:
    """Refuse while an assignment stands: the status is Internal Referral until then (S1)."""
    departments = standing_departments(case)
    if departments:
        raise Refused(
            "assignments_open",
            f"Case assignments are open with {', '.join(departments)}: the status is Internal "
            "Referral until the last of them has ended.",
            rule="S1",
            field="status",
            about={"departments": departments},
        )


def become(case: Case, status: Status, *, by: Actor) -> Case:
    """Give the locked case the status, which has been checked; gives the case."""
    old = Status(case.status)
    case.status = status
    record(case, kinds.STATUS, changed=["status"], old=old.label, new=status.label, by=by)
    return case
