"""The people of the desk, as the set-up shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet

from heliodesk.people.models import DepartmentMembership, Invitation, QueueMembership, Role, User

PAGE = 100  # people
NO_ROLE = "member"  # what the address says of a person without a role
SHOWN = {"": "Active", "invited": "Invited", "deactivated": "Deactivated", "all": "All"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people: those whose name, user name or address has `q`, of a role, queue, department;
    `show` is one of `SHOWN`. `after` is the last of the page before: the name and the ID."""

    q: str = ""
    role: str = ""
    queue: int | None = None
    department: int | None = None
    show: str = ""
    after: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the list."""

    pk: int
    name: str
    username: str
    email: str
    role: str
    state: str  # "" for somebody active
    queues: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    last_login: datetime | None = None


def people(wanted: Wanted) -> tuple[list[PersonRow], tuple[str, int] | None]:
    """A page of people by name, and the last of it where there are more; one statement."""
    rows = _found(wanted).order_by("name", "pk")[: PAGE + 1]
    found = [_row(one) for one in rows]
    more = (found[PAGE - 1].name, found[PAGE - 1].pk) if len(found) > PAGE else None
    return found[:PAGE], more


def with_state() -> QuerySet[User]:
    """People with `invited` (by an invitation that is open), and the names of their queues and
    departments as `queue_names` and `department_names`."""
    mine = {"user": OuterRef("pk")}
    queues = QueueMembership.objects.filter(**mine).order_by("queue__position", "queue__name")
    departments = DepartmentMembership.objects.filter(**mine).order_by(
        "department__position", "department__name"
    )
    invitations = Invitation.objects.filter(**mine, accepted_at=None, withdrawn_at=None)
    return User.objects.annotate(
        invited=Exists(invitations),
        queue_names=ArraySubquery(queues.values("queue__name")),
        department_names=ArraySubquery(departments.values("department__name")),
    )


def state_of(person: Any) -> str:
    """What is to be said of one of `with_state`; "" for somebody who comes and goes."""
    if not person.is_active:
        return "Deactivated"
    if person.invited:
        return "Invited"
    if person.last_login is None and person.password.startswith(UNUSABLE_PASSWORD_PREFIX):
        return "Service"
    return ""


def _found(wanted: Wanted) -> QuerySet[Any]:
    found: QuerySet[Any] = with_state()
    if wanted.show in ("", "invited"):
        found = found.filter(is_active=True)
    if wanted.show == "invited":
        found = found.filter(invited=True)
    if wanted.show == "deactivated":
        found = found.filter(is_active=False)
    if wanted.role:
        found = found.filter(role=Role.NONE if wanted.role == NO_ROLE else wanted.role)
    for word in wanted.q.split():
        found = found.filter(
            Q(name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word)
        )
    if wanted.queue is not None:
        found = found.filter(queue_memberships__queue=wanted.queue)
    if wanted.department is not None:
        found = found.filter(department_memberships__department=wanted.department)
    if wanted.after is not None:
        name, pk = wanted.after
        found = found.filter(Q(name__gt=name) | Q(name=name, pk__gt=pk))
    return found


def _row(person: Any) -> PersonRow:
    return PersonRow(
        pk=person.pk,
        name=person.name,
        username=person.username,
        email=person.email,
        role=Role(person.role).label,
        state=state_of(person),
        queues=person.queue_names,
        departments=person.department_names,
        last_login=person.last_login,
    )
