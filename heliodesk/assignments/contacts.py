"""Whom a follow-up tags (F1), as the department is set up."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.assignments.models import CaseAssignment
from heliodesk.feed.mentions import DEPARTMENT, USER, Mentioned, people_behind
from heliodesk.people.models import Department, FollowUpContact, User


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is tagged; `warning` says what an administrator should put right, empty where nothing."""

    mentioned: list[Mentioned]
    warning: str = ""

    @property
    def handles(self) -> str:
        """How the post names them."""
        return " ".join(f"@{one.handle}" for one in self.mentioned)

    @property
    def people(self) -> set[int]:
        """The users who are meant."""
        return people_behind(self.mentioned)


def whom_to_ask(assignment: CaseAssignment) -> Asked:
    """The department's active follow-up contacts: those of the assignment's topic where it has
    one, all or the first; the department's members where there is none (F1)."""
    department = assignment.department
    contacts = [as_person(contact.user) for contact in active_contacts(assignment)]
    if contacts:
        return Asked(contacts if department.follow_up_all else contacts[:1])
    of = f"{department} ({assignment.topic})" if assignment.topic else str(department)
    return Asked(
        [as_department(department)],
        f"{of} has no active follow-up contact, so its members are asked. "
        "An administrator can set one up.",
    )


def active_contacts(assignment: CaseAssignment) -> list[FollowUpContact]:
    """The contacts who are active, in the department's own order."""
    found = FollowUpContact.objects.filter(
        department=assignment.department_id, topic=assignment.topic_id, user__is_active=True
    )
    return list(found.select_related("user").order_by("position", "id"))


def as_person(user: User) -> Mentioned:
    """Somebody as a post mentions them, whether or not they may see the case yet (K6)."""
    return Mentioned(USER, user.username.lower(), user.pk, user.name, user.is_active, True)


def as_department(department: Department) -> Mentioned:
    """A department as a post mentions it."""
    return Mentioned(
        DEPARTMENT, department.slug, department.pk, department.name, department.is_active, True
    )
