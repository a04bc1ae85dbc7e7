"""The measured desk's set-up, which is the default one, and its people, always the same."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.management import call_command

from heliodesk.cases.models import CaseSource, CaseType, ClosedReason, RequestSubtype
from heliodesk.demo import names
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    FollowUpContact,
    Queue,
    QueueMembership,
    ReferralReason,
    Role,
    User,
)

FRONTLINE = 20
BACK_OFFICE = 50
SUPERVISORS = 3
MEMBERS = 3  # of each department


@dataclass(frozen=True)
class Person:
    """A user, as the history names them."""

    pk: int
    username: str
    name: str


@dataclass(frozen=True)
class Team:
    """A department: what it is asked for, as reason, its name and a subtype, and its members."""

    pk: int
    name: str
    wants_managers: bool
    topics: list[int | None]
    reasons: list[tuple[int, str, int | None]]
    members: list[Person]


@dataclass(frozen=True)
class Company:
    """IDs that the generator and the clients need."""

    people: dict[int, Person]
    frontline: list[int]
    back_office: list[int]
    supervisors: list[int]
    queues: dict[str, int]  # case type to queue
    queue_names: dict[int, str]
    subtypes: dict[str, list[tuple[int, int]]]  # case type to type and subtype
    sources: list[tuple[int, str]]  # with the channel
    reasons: list[tuple[int, str]]
    duplicate: int  # the closed reason that the system sets (X7)
    departments: list[Team]


def make() -> Company:
    """Insert set-up data, queues and agents; every back-office agent works both queues."""
    call_command("load_defaults", verbosity=0)
    called = iter(names.everybody(random.Random(1)))
    front = _users("front", Role.FRONTLINE, FRONTLINE, called)
    back = _users("back", Role.BACK_OFFICE, BACK_OFFICE, called)
    over = _users("super", Role.SUPERVISOR, SUPERVISORS, called)
    _users("admin", Role.ADMINISTRATOR, 1, called)
    queues = list(Queue.objects.all())
    QueueMembership.objects.bulk_create(
        QueueMembership(queue=queue, user=member) for queue in queues for member in back
    )
    departments = [_team(department, called) for department in Department.objects.all()]
    reasons = dict(ClosedReason.objects.values_list("name", "pk"))
    return Company(
        people={user.pk: _person(user) for user in User.objects.all()},
        frontline=[user.pk for user in front],
        back_office=[user.pk for user in back],
        supervisors=[user.pk for user in over],
        queues={queue.case_type: queue.pk for queue in queues},
        queue_names={queue.pk: queue.name for queue in queues},
        subtypes={case_type.value: _subtypes(case_type) for case_type in CaseType},
        sources=list(CaseSource.objects.exclude(channel="").values_list("pk", "channel")),
        reasons=[(pk, name) for name, pk in reasons.items() if name != "Duplicate"],
        duplicate=reasons["Duplicate"],
        departments=departments,
    )


def _users(prefix: str, role: Role, count: int, called: Iterator[str]) -> list[User]:
    return [
        User.objects.create(username=f"{prefix}{n:02d}", name=next(called), role=role)
        for n in range(count)
    ]


def _person(user: User) -> Person:
    return Person(user.pk, user.username, user.name)


def _team(department: Department, called: Iterator[str]) -> Team:
    """The department with new members, the first of whom is tagged by follow-ups (F1)."""
    members = _users(department.slug[:12].rstrip("-"), Role.NONE, MEMBERS, called)
    DepartmentMembership.objects.bulk_create(
        DepartmentMembership(department=department, user=member) for member in members
    )
    topics = _or_none(department.topics.values_list("pk", flat=True))
    FollowUpContact.objects.bulk_create(
        FollowUpContact(department=department, topic_id=topic, user=members[0], position=1)
        for topic in topics
    )
    reasons = ReferralReason.objects.filter(department=department).prefetch_related("subtypes")
    return Team(
        department.pk,
        department.name,
        department.wants_managers,
        topics,
        [
            (reason.pk, reason.name, subtype)
            for reason in reasons
            for subtype in _or_none(each.pk for each in reason.subtypes.all())
        ],
        [_person(member) for member in members],
    )


def _subtypes(case_type: CaseType) -> list[tuple[int, int]]:
    fitting = RequestSubtype.objects.filter(**{f"request_type__for_{case_type.value}": True})
    return list(fitting.values_list("request_type_id", "pk"))


def _or_none(keys: Iterable[int]) -> list[int | None]:
    return list(keys) or [None]
