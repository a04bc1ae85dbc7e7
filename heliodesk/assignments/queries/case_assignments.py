"""The assignments of a case as its page shows them, read in one statement (A1, F1, F4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from heliodesk.assignments.models import STANDING, AssignmentStatus
from heliodesk.assignments.queries.overdue import is_overdue, overdue_since
from heliodesk.assignments.queries.tones import TONES
from heliodesk.core import clock
from heliodesk.core.addresses import address
from heliodesk.people.models import DeskSettings


def _person(key: str) -> str:
    return f"(SELECT name FROM people_user WHERE id = a.{key})"  # noqa: S608 - names of our own


COLUMNS: dict[str, str] = {
    "id": "a.id",
    "department": "d.name",
    "slug": "d.slug",
    "voids_case": "d.voids_case",
    "topic": "(SELECT name FROM people_topic WHERE id = a.topic_id)",
    "reason": "(SELECT name FROM people_referralreason WHERE id = a.reason_id)",
    "subtype": "(SELECT name FROM people_referralsubtype WHERE id = a.subtype_id)",
    "comments": "a.comments",
    "account_manager": _person("account_manager_id"),
    "sales_manager": _person("sales_manager_id"),
    "status": "a.status",
    "assignee": _person("assignee_id"),
    "outcome": "a.outcome",
    "created_at": "a.created_at",
    "created_by": _person("created_by_id"),
    "accepted_at": "a.accepted_at",
    "acted_at": "a.acted_at",
    "ended_at": "a.ended_at",
    "ended_by": _person("ended_by_id"),
    "overdue_hours": "s.overdue_hours",
    "asked_at": "f.asked_at",
    "asked_by": "(SELECT name FROM people_user WHERE id = f.asked_by_id)",
    "escalates_at": "f.escalates_at",
    "escalated_at": "f.escalated_at",
    "answered_at": "f.ended_at",
    "answered_by": "(SELECT name FROM people_user WHERE id = f.answered_by_id)",
}

ASSIGNMENTS = f"""
SELECT {", ".join(COLUMNS.values())}
FROM assignments_caseassignment a
JOIN people_department d ON d.id = a.department_id
LEFT JOIN people_desksettings s ON s.id = 1
LEFT JOIN LATERAL (
    SELECT * FROM assignments_followup WHERE assignment_id = a.id ORDER BY asked_at DESC LIMIT 1
) f ON true
WHERE a.case_id = %s
ORDER BY a.ended_at DESC NULLS FIRST, a.created_at DESC, a.id DESC
"""  # noqa: S608 - put together from the names above


@dataclass(frozen=True, slots=True)
class AssignmentCard:
    """One assignment with the names of all that belongs to it, and its latest follow-up; empty or
    None where there is none."""

    id: int
    department: str
    slug: str
    voids_case: bool
    topic: str | None
    reason: str
    subtype: str | None
    comments: str
    account_manager: str | None
    sales_manager: str | None
    status: str
    assignee: str | None
    outcome: str
    created_at: datetime
    created_by: str
    accepted_at: datetime | None
    acted_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    overdue_hours: int | None
    asked_at: datetime | None
    asked_by: str | None
    escalates_at: datetime | None
    escalated_at: datetime | None
    answered_at: datetime | None
    answered_by: str | None

    @property
    def number(self) -> str:
        """The assignment's number as people know it."""
        return f"CA-{self.id:05d}"

    @property
    def what(self) -> str:
        """What is asked: reason and subtype."""
        return f"{self.reason} › {self.subtype}" if self.subtype else self.reason

    @property
    def standing(self) -> bool:
        """True until it has ended (A4)."""
        return self.status in STANDING

    @property
    def status_label(self) -> str:
        """The status in words."""
        return AssignmentStatus(self.status).label

    @property
    def tone(self) -> str:
        """The status as its mark names it."""
        return TONES[AssignmentStatus(self.status)]

    @property
    def since(self) -> datetime:
        """Since when it is what it is."""
        return self.ended_at or self.accepted_at or self.created_at

    @property
    def overdue(self) -> bool:
        """True where nobody of the department has acted on it for too long (F4)."""
        settings = DeskSettings(pk=1)
        if self.overdue_hours is not None:
            settings.overdue_hours = self.overdue_hours
        return is_overdue(self.status, self.acted_at, overdue_since(settings))

    @property
    def asked_in_vain(self) -> bool:
        """True while a follow-up is unanswered (F1)."""
        return self.standing and self.asked_at is not None and self.answered_at is None

    @property
    def time_left(self) -> timedelta:
        """Until the unanswered follow-up is escalated (F3)."""
        left = self.escalates_at - clock.now() if self.escalates_at else timedelta(0)
        return max(left, timedelta(0))

    def url(self, act: str) -> str:
        """The address of an act on it, such as `withdraw`."""
        return address(f"assignment_{act}", self.number)


def assignments_of(case_id: int) -> list[AssignmentCard]:
    """The assignments of a case: those that stand newest first, then those that ended, the latest
    first. One SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(ASSIGNMENTS, [case_id])
        rows = cursor.fetchall()
    return [AssignmentCard(**dict(zip(COLUMNS, row, strict=True))) for row in rows]
