"""Changing the owner of a case (Q1, Q2, Q5)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core import rows
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem
from heliodesk.feed.record import record
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue, User


@rule("Q1", "Q2", "Q5", "K7")
def change_owner(
    case: Case, *, to: User | Queue, reason: str = "", escalation: bool = False, by: Actor
) -> Case:
    """Give the case to an agent or to a queue; gives the case as it is then.

    Its status stays as it is (S2). Refuses for anybody but the owner, a member of the owning
    queue or a supervisor; on a closed case; to somebody who cannot own it; and without the
    reason that an escalation, and giving a case back to a queue, need.
    """
    case = access.lock(case)
    access.require_hand_over(case, by=by)
    access.require_open(case, to="change its owner")
    to = staying(to)
    require_able_to_own(to)
    require_another_owner(case, to)
    reason = trimmed(reason)
    if not reason:
        require_no_reason_needed(case, to, escalation=escalation)
    old = owner_name(case)
    set_owner(case, to)
    told: dict[str, Any] = {"old": old, "new": to.name, "reason": reason}
    if isinstance(to, Queue):
        told["queue"] = to.pk
    item = record(
        case,
        kinds.ESCALATED if escalation else kinds.OWNER,
        changed=["owner_agent", "owner_queue"],
        body=reason,
        by=by,
        **told,
    )
    notify([case.owner_agent_id], item, NoticeKind.NOW_OWNER, by=by)
    return case


def set_owner(case: Case, to: User | Queue) -> None:
    """Put the owner on the instance: exactly one of agent and queue (Q1). Saves nothing."""
    case.owner_agent = to if isinstance(to, User) else None
    case.owner_queue = to if isinstance(to, Queue) else None


def owner_name(case: Case) -> str:
    """The name of the agent or queue that owns the case."""
    owner = case.owner_agent or case.owner_queue
    return owner.name if owner else ""


def staying(to: User | Queue) -> User | Queue:
    """They as they are now; nobody deactivates them until the transaction has ended."""
    # A share lock: several cases may go to the same owner at once.
    found = rows.find(type(to), "id = %s", [to.pk], lock="FOR SHARE")
    if found is None:
        raise to.DoesNotExist(f"no owner {to.pk}")
    return found


def able_to_own(to: User | Queue) -> bool:
    """An active person of Support, or an active queue that somebody works (Q5)."""
    if isinstance(to, User):
        return to.is_active and bool(to.role)
    return to.is_active and to.members.filter(is_active=True).exists()


def require_able_to_own(to: User | Queue) -> None:
    """Refuse an owner who could not work the case (Q5)."""
    if able_to_own(to):
        return
    if isinstance(to, User):
        why = "is no longer active" if not to.is_active else "is not in Support"
    else:
        why = "is no longer used" if not to.is_active else "has no members"
    raise Refused(
        "cannot_own",
        f"{to.name} {why} and cannot own a case. Choose somebody else or a queue.",
        rule="Q5",
        field="to",
    )


def require_another_owner(case: Case, to: User | Queue) -> None:
    """Refuse to hand a case to whom it belongs already."""
    same = case.owner_agent_id if isinstance(to, User) else case.owner_queue_id
    if same == to.pk:
        raise Refused(
            "owner_already",
            f"{to.name} owns the case already. Choose another owner.",
            rule="Q2",
            field="to",
        )


def require_no_reason_needed(case: Case, to: User | Queue, *, escalation: bool) -> None:
    """Refuse an escalation, and a giving back to a queue, that says no reason (Q2, Q5)."""
    if escalation:
        raise Refused(
            "escalation_reason_missing",
            "Say why the case is escalated.",
            rule="Q2",
            field="reason",
        )
    if isinstance(to, Queue) and case.owner_agent_id and was_in_a_queue(case):
        raise Refused(
            "giving_back_reason_missing",
            "The case came from a queue: say why it goes back to one.",
            rule="Q5",
            field="reason",
        )


def was_in_a_queue(case: Case) -> bool:
    """True where the case has been taken from, or handed to, a queue before."""
    to_queue = Q(kind__in=[kinds.OWNER.code, kinds.ESCALATED.code], data__has_key="queue")
    told = FeedItem.objects.filter(Q(kind=kinds.TAKEN.code) | to_queue, case=case)
    return told.exists()
