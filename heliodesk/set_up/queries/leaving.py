"""What somebody hands on before they are deactivated (Q5, A4)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from heliodesk.assignments.models import STANDING
from heliodesk.cases.models import Case, Status
from heliodesk.core.addresses import address
from heliodesk.people.models import Department, DepartmentMembership, Queue, QueueMembership, User


@dataclass(frozen=True, slots=True)
class Left:
    """One thing in words, and where it is handed on."""

    words: str
    url: str


def to_hand_on(user: User) -> list[Left]:
    """What keeps the person here; three statements. The rule asks again when they leave."""
    return [*_cases(user), *_queues(user), *_departments(user)]


def _cases(user: User) -> list[Left]:
    count = Case.objects.exclude(status=Status.CLOSED).filter(owner_agent=user).count()
    words = f"{count:,} open {'case' if count == 1 else 'cases'}: hand them over"
    return [Left(words, f"/people/{user.pk}/")] if count else []


def _queues(user: User) -> list[Left]:
    others = QueueMembership.objects.filter(queue=OuterRef("pk"), user__is_active=True)
    open_cases = Case.objects.filter(~Q(status=Status.CLOSED), owner_queue=OuterRef("pk"))
    alone = Queue.objects.filter(Exists(open_cases), members=user).exclude(
        Exists(others.exclude(user=user))
    )
    return [
        Left(
            f"They are the last to work {one.name}: add another member",
            address("set_up_queue", one.pk),
        )
        for one in alone
    ]


def _departments(user: User) -> list[Left]:
    others = DepartmentMembership.objects.filter(department=OuterRef("pk"), user__is_active=True)
    standing = Count("assignments", filter=Q(assignments__status__in=STANDING))
    mine = Department.objects.filter(members=user).annotate(standing=standing)
    alone = mine.filter(standing__gt=0).exclude(Exists(others.exclude(user=user)))
    return [
        Left(
            f"They are the last of {one.name}, which is asked for something: add another member",
            address("set_up_department", one.pk),
        )
        for one in alone
    ]
