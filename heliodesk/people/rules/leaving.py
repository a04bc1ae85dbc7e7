"""Who leaves the desk, a queue or a department hands their work on first (Q5, A4)."""

from __future__ import annotations

from django.db.models import QuerySet

from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.assignments.rules.working import release_all_of
from heliodesk.cases.models import Case, Status
from heliodesk.core import audit
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    Queue,
    QueueMembership,
    User,
)
from heliodesk.people.rules.administrators import require_another_administrator
from heliodesk.people.rules.ending_sessions import end_all_of


@rule("Q5")
def deactivate(user: User, *, by: Actor) -> User:
    """Deactivate a person; gives them. What they had accepted is their departments' again (A4).

    Refuses for anybody but an administrator, the last administrator, while the person owns open
    cases, and for the last who works a queue with open cases or a department that is asked for
    something. Deactivated already, nothing happens.
    """
    require_administrator(by=by, to="deactivate a person")
    release_all_of(user.pk, by=by)  # cases are locked before people, as everywhere
    require_another_administrator(user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        return user
    refuse_if_owning(user)
    refuse_if_last_of_departments(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    audit.note("deactivated", "user", user.pk, changes={"is_active": [True, False]}, by=by)
    end_all_of(user, by=by)
    return user


@rule("K4", "K7")
def reactivate(user: User, *, by: Actor) -> User:
    """Let a person in again who was deactivated; gives them. Their queues and departments are
    theirs as before. Active already, nothing happens. Refuses for anybody but administrators."""
    require_administrator(by=by, to="let a person in again")
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        audit.note("reactivated", "user", user.pk, changes={"is_active": [False, True]}, by=by)
    return user


@rule("Q5")
def leave_queue(membership: QueueMembership, *, by: Actor) -> None:
    """Take a person out of a queue. Refuses for anybody but an administrator, and for the last
    member while the queue owns open cases."""
    require_administrator(by=by, to="change who works a queue")
    refuse_if_last_member(membership)
    left = {"queue": [membership.queue.name, ""]}
    audit.note("left_queue", "user", membership.user_id, changes=left, by=by)
    membership.delete()


@rule("A4")
def leave_department(membership: DepartmentMembership, *, by: Actor) -> None:
    """Take a person out of a department. Refuses for anybody but an administrator, and for the
    last active member while assignments stand with it."""
    require_administrator(by=by, to="change who belongs to a department")
    refuse_if_last_of_department(membership)
    audit.note(
        "left_department",
        "user",
        membership.user_id,
        changes={"department": [membership.department.name, ""]},
        by=by,
    )
    membership.delete()


def refuse_if_owning(user: User) -> None:
    """Refuse where the person owns open cases, or is the last to work a queue that does: before
    they are deactivated, or leave Support (Q5)."""
    count = _open_cases().filter(owner_agent=user).count()
    if count:
        raise Refused(
            "owns_cases",
            f"{user.name} owns {_cases(count)}. Hand them on first: People with open cases, "
            "Hand over.",
            rule="Q5",
            about={"open_cases": count},
        )
    refuse_if_last_of_queues(user)


def refuse_if_last_of_queues(user: User) -> None:
    """Refuse where the person is the last to work a queue that owns open cases (Q5)."""
    mine = QueueMembership.objects.filter(user=user).select_related("queue", "user")
    for membership in mine.order_by("queue_id"):
        refuse_if_last_member(membership)


def refuse_if_last_of_departments(user: User) -> None:
    """Refuse where the person is the last of a department that is asked for something: before
    they are deactivated (A4)."""
    mine = DepartmentMembership.objects.filter(user=user).select_related("department")
    for membership in mine.order_by("department_id"):
        refuse_if_last_of_department(membership)


def refuse_if_last_of_department(membership: DepartmentMembership) -> None:
    """Refuse where nobody else is in the department, and assignments stand with it (A4). Until the
    transaction ends nobody asks it for more, and nobody else leaves it."""
    department = Department.objects.select_for_update().get(pk=membership.department_id)
    others = DepartmentMembership.objects.filter(department=department, user__is_active=True)
    standing = CaseAssignment.objects.filter(department=department, status__in=STANDING).count()
    if standing and not others.exclude(user=membership.user_id).exists():
        raise Refused(
            "last_of_department",
            f"{membership.user.name} is the last of “{department.name}”, which has "
            f"{_assignments(standing)}. Add another member first, or have them ended.",
            rule="A4",
            about={"open_assignments": standing},
        )


def refuse_if_last_member(membership: QueueMembership) -> None:
    """Refuse where nobody else works the queue, and it owns open cases (Q5). Until the transaction
    ends it gets no more, and nobody else leaves it."""
    Queue.objects.select_for_update().get(pk=membership.queue_id)
    others = QueueMembership.objects.filter(queue=membership.queue_id, user__is_active=True)
    if others.exclude(user=membership.user_id).exists():
        return
    count = _open_cases().filter(owner_queue=membership.queue_id).count()
    if count:
        raise Refused(
            "last_member",
            f"{membership.user.name} is the last to work “{membership.queue.name}”, which owns "
            f"{_cases(count)}. Hand them on, or add another member first.",
            rule="Q5",
            about={"open_cases": count},
        )


def refuse_if_queue_owns(queue: Queue) -> None:
    """Refuse where the queue owns open cases: before it is retired (Q5). Until the transaction ends
    it gets no more."""
    Queue.objects.select_for_update().get(pk=queue.pk)
    count = _open_cases().filter(owner_queue=queue).count()
    if count:
        raise Refused(
            "owns_cases",
            f"“{queue.name}” owns {_cases(count)}. Hand them on first.",
            rule="Q5",
            about={"open_cases": count},
        )


def refuse_if_department_is_asked(department: Department) -> None:
    """Refuse where assignments stand with the department: before it is retired (A4). Until the
    transaction ends nobody asks it for more."""
    Department.objects.select_for_update().get(pk=department.pk)
    standing = CaseAssignment.objects.filter(department=department, status__in=STANDING).count()
    if standing:
        raise Refused(
            "department_is_asked",
            f"“{department.name}” has {_assignments(standing)}. They end first: the department "
            "completes, rejects or returns them, or the case owners withdraw them.",
            rule="A4",
            about={"open_assignments": standing},
        )


def _open_cases() -> QuerySet[Case]:
    return Case.objects.exclude(status=Status.CLOSED)


def _assignments(count: int) -> str:
    return "1 open case assignment" if count == 1 else f"{count:,} open case assignments"


def _cases(count: int) -> str:
    return "1 open case" if count == 1 else f"{count:,} open cases"
