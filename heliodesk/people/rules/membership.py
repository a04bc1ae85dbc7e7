"""Who works a queue and who belongs to a department (Q3, A4). Leaving is in `leaving`."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from heliodesk.core import audit
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    Queue,
    QueueMembership,
    Role,
    User,
)
from heliodesk.people.rules.leaving import leave_department, leave_queue


@rule("Q3", "K4", "K7")
def join_queue(queue: Queue, user: User, *, by: Actor) -> None:
    """Let a person work the queue; where they do already, nothing happens.

    Refuses for anybody but an administrator, and whoever is not active or not in Support.
    """
    require_administrator(by=by, to="change who works a queue")
    user = _stays(user)
    if user.role == Role.NONE:
        raise Refused(
            "not_in_support",
            f"{user.name} is not in Support, which works the queues. Give them a role first.",
            rule="Q3",
        )
    _, is_new = QueueMembership.objects.get_or_create(queue=queue, user=user)
    if is_new:
        told = {"queue": ["", queue.name]}
        audit.note("joined_queue", "user", user.pk, changes=told, by=by)


@rule("A4", "K4", "K7")
def join_department(department: Department, user: User, *, by: Actor) -> None:
    """Let a person belong to the department; where they do already, nothing happens.

    Refuses for anybody but an administrator, and whoever is not active.
    """
    require_administrator(by=by, to="change who belongs to a department")
    user = _stays(user)
    _, is_new = DepartmentMembership.objects.get_or_create(department=department, user=user)
    if is_new:
        told = {"department": ["", department.name]}
        audit.note("joined_department", "user", user.pk, changes=told, by=by)


@rule("Q3", "A4", "K4")
def join(
    user: User,
    *,
    queues: Iterable[Queue] = (),
    departments: Iterable[Department] = (),
    by: Actor,
) -> None:
    """Let a person work these queues and belong to these departments."""
    for queue in queues:
        join_queue(queue, user, by=by)
    for department in departments:
        join_department(department, user, by=by)


@rule("Q3", "Q5", "A4", "K2", "K4")
def change_memberships(
    user: User,
    *,
    queues: Collection[Queue],
    departments: Collection[Department],
    seen_queues: Collection[int],
    seen_departments: Collection[int],
    by: Actor,
) -> None:
    """Let a person work these queues and belong to these departments, and no others.

    The `seen_…` are the IDs of those that were theirs when the form was made: what somebody else
    has added or taken away meanwhile stands (K2). Refuses as joining and leaving do.
    """
    require_administrator(by=by, to="change what somebody belongs to")
    wanted, wanted_departments = {one.pk for one in queues}, {one.pk for one in departments}
    join(
        user,
        queues=[one for one in queues if one.pk not in seen_queues],
        departments=[one for one in departments if one.pk not in seen_departments],
        by=by,
    )
    gone = set(seen_queues) - wanted
    mine = QueueMembership.objects.filter(user=user, queue__in=gone)
    for membership in mine.select_related("queue", "user").order_by("queue_id"):
        leave_queue(membership, by=by)
    gone = set(seen_departments) - wanted_departments
    theirs = DepartmentMembership.objects.filter(user=user, department__in=gone)
    for one in theirs.select_related("department", "user").order_by("department_id"):
        leave_department(one, by=by)


def _stays(user: User) -> User:
    """The person, who is not deactivated until the transaction ends; refuses who is already."""
    found = User.objects.select_for_update().filter(pk=user.pk).first()
    if found is None:
        raise NotFound("person_not_found", "There is no such person.", rule="K1")
    if not found.is_active:
        raise Refused(
            "deactivated",
            f"{found.name} is deactivated. Let them in again first.",
            rule="Q5",
        )
    return found
