"""Queues and departments, as the set-up shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from heliodesk.assignments.models import STANDING, CaseAssignment
from heliodesk.assignments.queries.department_list import asked_of
from heliodesk.cases.models import Case, Status
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    FollowUpContact,
    Queue,
    ReferralReason,
    Role,
    Topic,
    User,
)
from heliodesk.set_up.queries.choices import ChoiceRows, rows_of


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works a queue or belongs to a department."""

    pk: int
    name: str
    role: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whom follow-ups tag."""

    pk: int
    name: str
    topic: str
    is_active: bool
    tagged: bool  # whether the next follow-up tags them
    first: bool  # whether they stand first of their topic


def queues() -> ChoiceRows:
    """All queues, with their members; two statements."""
    active = Count("memberships", filter=Q(memberships__user__is_active=True))
    counted = Queue.objects.annotate(working=active)
    owning = set(
        Queue.objects.filter(
            Exists(Case.objects.filter(~Q(status=Status.CLOSED), owner_queue=OuterRef("pk")))
        ).values_list("pk", flat=True)
    )

    def row(one: Any) -> dict[str, Any]:
        nobody = "" if one.working else "Nobody works it: no case can be given to it."
        first = f"Offered first: {one.get_case_type_display()}" if one.case_type else ""
        cells = [str(one.working), "Yes" if one.pk in owning else "No"]
        return {"cells": cells, "note": first, "warning": nobody if one.is_active else ""}

    return rows_of(counted, row)


def departments() -> ChoiceRows:
    """All departments, with their members and what stands with them; two statements."""
    counted = Department.objects.annotate(
        working=Count("memberships", Q(memberships__user__is_active=True), distinct=True),
        tagged=Count(
            "follow_up_contacts", Q(follow_up_contacts__user__is_active=True), distinct=True
        ),
        offered=Count("referral_reasons", Q(referral_reasons__is_active=True), distinct=True),
    )
    asked = asked_of(None, person_id=0)

    def row(one: Any) -> dict[str, Any]:
        lacks = [
            words
            for words, number in (
                ("members", one.working), ("referral reasons", one.offered),
                ("follow-up contacts", one.tagged),
            )
            if not number
        ]  # fmt: skip
        warning = f"No {' and no '.join(lacks)} yet." if lacks and one.is_active else ""
        standing = asked[one.pk].words if one.pk in asked else "0"
        cells = [str(one.working), str(one.tagged), standing]
        return {"cells": cells, "warning": warning}

    return rows_of(counted, row)


def members_of(place: Queue | Department) -> list[Member]:
    """Who works the queue or belongs to the department, by name; one statement."""
    found = User.objects.filter(pk__in=_member_ids(place)).order_by("name")
    return [Member(one.pk, one.name, Role(one.role).label, one.is_active) for one in found]


def who_may_join(place: Queue | Department) -> QuerySet[User]:
    """Active people who are not among the members yet, of Support where it is a queue, with
    `departments_named`."""
    people = User.objects.filter(is_active=True).exclude(pk__in=_member_ids(place))
    if isinstance(place, Queue):
        people = people.exclude(role=Role.NONE)
    named = DepartmentMembership.objects.filter(user=OuterRef("pk")).order_by("department__name")
    return people.annotate(
        departments_named=ArraySubquery(named.values("department__name"))
    ).order_by("name", "pk")


def _member_ids(place: Queue | Department) -> Any:
    return place.memberships.values("user_id")


def contacts_of(department: Department) -> list[Contact]:
    """Whom follow-ups of the department tag, topic by topic in their order; one statement."""
    found = FollowUpContact.objects.filter(department=department).select_related("user", "topic")
    ordered = found.order_by("topic__position", "topic__name", "position", "pk")
    contacts: list[Contact] = []
    begun: set[int | None] = set()
    tagged: set[int | None] = set()
    for one in ordered:
        active = one.user.is_active
        now = active and (department.follow_up_all or one.topic_id not in tagged)
        topic = one.topic.name if one.topic else ""
        first = one.topic_id not in begun
        contacts.append(Contact(one.pk, one.user.name, topic, active, now, first))
        begun.add(one.topic_id)
        if now:
            tagged.add(one.topic_id)
    return contacts


def open_cases_of(queue: Queue) -> int:
    """How many open cases the queue owns."""
    return Case.objects.exclude(status=Status.CLOSED).filter(owner_queue=queue).count()


def department(pk: int) -> Any:
    """The department with `topic_names` and `reasons`, what is offered of both, and how many
    assignments stand with it as `standing`; or None. One statement."""
    mine = {"department": OuterRef("pk")}
    topics = Topic.objects.filter(**mine, is_active=True).order_by("position", "name")
    standing = CaseAssignment.objects.filter(**mine, status__in=STANDING)
    reasons = ReferralReason.objects.filter(**mine, is_active=True)
    return (
        Department.objects.annotate(
            topic_names=ArraySubquery(topics.values("name")),
            reasons=_count(reasons),
            standing=_count(standing),
        )
        .filter(pk=pk)
        .first()
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("department").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
