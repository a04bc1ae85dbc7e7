"""Taking cases from a queue: by name, or the next of the order of work (Q4)."""

from __future__ import annotations

from django.db.models import QuerySet

from heliodesk.cases import access
from heliodesk.cases.models import Case, Status
from heliodesk.core import rows
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue

# The statuses are written out, as PostgreSQL keeps no plan by an index of open cases for a status
# that is said only later. A row that another agent is taking this moment is skipped: nobody waits
# or gets it twice.
TO_ACT_ON = f"""t.owner_queue_id = %s
    AND t.status <> '{Status.CLOSED.value}' AND t.status <> '{Status.AWAITING_CUSTOMER.value}'
    ORDER BY t.priority, t.created_at, t.id"""
UNLESS_BEING_TAKEN = "FOR UPDATE OF t SKIP LOCKED"


@rule("Q4")
def take(case: Case, *, by: Actor) -> Case:
    """Make `by` the owner of a case of their queue; gives the case as it is then.

    Taking what one owns already changes nothing, so that a second press does no harm. Refuses
    on a case that somebody else has (`already_taken`, naming them), on a closed one, and for
    whoever is not a member of the owning queue. The status stays (S2).
    """
    case = access.lock(case)
    if access.owns(case, by):
        return case
    require_takeable(case, by=by)
    return _hand_to(case, by=by)


@rule("Q4")
def take_next(queue: Queue, *, by: Actor) -> Case:
    """Make `by` the owner of the first case in the queue's order of work that can be acted on:
    those awaiting the customer's response are passed over. Gives the case.

    Refuses for whoever is no member (`not_a_member`), and where nothing is left (`queue_empty`).
    """
    require_member(queue.pk, by=by)
    case = rows.find(Case, TO_ACT_ON, [queue.pk], lock=UNLESS_BEING_TAKEN)
    if case is None:
        raise nothing_left(queue)
    return _hand_to(case, by=by, old=queue.name)


def order_of_work(queue: Queue) -> QuerySet[Case]:
    """The queue's open cases, high priority first, then oldest first (Q3)."""
    waiting = Case.objects.filter(owner_queue=queue).exclude(status=Status.CLOSED)
    return waiting.order_by("priority", "created_at", "id")


def require_takeable(case: Case, *, by: Actor) -> None:
    """Refuse unless `by` may take the case now; whoever came second is told who has it (Q4)."""
    access.require_open(case, to="take it")
    if case.owner_agent is not None:
        owner = case.owner_agent.name
        raise Refused(
            "already_taken",
            f"{owner} has this case. Take another, or ask {owner} in the feed to hand it over.",
            rule="Q4",
            about={"owner": owner},
        )
    require_member(case.owner_queue_id, by=by)


def require_member(queue_id: int | None, *, by: Actor) -> None:
    """Refuse for whoever does not work the queue, or is not in Support (Q4, Q5)."""
    if not access.works_queue(queue_id, by):
        raise NotPermitted(
            "not_a_member",
            "Only members of the queue take its cases. "
            "Ask a member or a supervisor to change the owner.",
            rule="Q4",
        )


def nothing_left(queue: Queue) -> Refused:
    """Why Take next has no case to give."""
    if order_of_work(queue).exists():
        why = "Each case left in “{}” awaits the customer's response, or is being taken just now."
    else:
        why = "No case waits in “{}”."
    return Refused("queue_empty", why.format(queue.name), rule="Q4")


def _hand_to(case: Case, *, by: Actor, old: str = "") -> Case:
    old = old or (case.owner_queue.name if case.owner_queue else "")
    case.owner_queue = None
    case.owner_agent_id = by.person_id
    record(case, kinds.TAKEN, changed=["owner_queue", "owner_agent"], old=old, by=by)
    return case
