"""Case assignments and their follow-ups, numbered in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.demo.casework import Asked, Casework
from heliodesk.demo.referring import ESCALATES_AFTER
from heliodesk.demo.table import Table
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic


class Assignments:
    """The tables of the assignments, while they fill."""

    def __init__(self, users: dict[str, int], cases: Iterable[Casework]) -> None:
        self.users = users
        self.table, self.follow_ups = Table(CaseAssignment), Table(FollowUp)
        every = sorted((asked for case in cases for asked in case.assignments), key=_made)
        self.keys = {asked: key for key, asked in enumerate(every, self.table.last_id + 1)}
        self.case_of: dict[Asked, int] = {}
        self.departments = dict(Department.objects.values_list("name", "pk"))
        reasons = ReferralReason.objects.values_list("department__name", "name", "pk")
        self.reasons = {(department, name): pk for department, name, pk in reasons}
        subtypes = ReferralSubtype.objects.values_list("reason_id", "name", "pk")
        self.subtypes = {(reason, name): pk for reason, name, pk in subtypes}
        topics = Topic.objects.values_list("department__name", "name", "pk")
        self.topics = {(department, name): pk for department, name, pk in topics}

    def number(self, asked: Asked) -> str:
        """Its number, such as CA-00012."""
        return f"CA-{self.keys[asked]:05d}"

    def keep(self, case: Casework, key: int) -> None:
        """The case's assignments, once the case has its key."""
        self.case_of |= dict.fromkeys(case.assignments, key)

    def copy(self) -> None:
        """Write everything."""
        for asked, key in self.keys.items():
            self.table.add(case_id=self.case_of[asked], **self.what(asked), **self.how_far(asked))
            self.follow(asked, key)
        self.table.copy()
        self.follow_ups.copy()

    def what(self, asked: Asked) -> dict[str, Any]:
        """What is asked of whom."""
        reason = self.reasons[asked.department, asked.reason]
        managers = [self.users[one] for one in asked.managers] if asked.managers else [None, None]
        return {
            "department_id": self.departments[asked.department],
            "reason_id": reason,
            "subtype_id": self.subtypes[reason, asked.subtype] if asked.subtype else None,
            "topic_id": self.topics[asked.department, asked.topic] if asked.topic else None,
            "comments": asked.comments,
            "account_manager_id": managers[0],
            "sales_manager_id": managers[1],
            "created_at": asked.at,
            "created_by_id": self.users[asked.by],
        }

    def how_far(self, asked: Asked) -> dict[str, Any]:
        """Where it stands."""
        return {
            "status": asked.status,
            "assignee_id": self.users.get(asked.assignee),
            "accepted_at": asked.accepted_at,
            "acted_at": asked.acted_at or asked.at,
            "ended_at": asked.ended_at,
            "ended_by_id": self.users.get(asked.ended_by),
            "outcome": asked.outcome,
        }

    def follow(self, asked: Asked, key: int) -> None:
        """Its follow-ups."""
        for one in asked.follow_ups:
            self.follow_ups.add(
                assignment_id=key,
                asked_at=one.at,
                asked_by_id=self.users[one.by],
                escalates_at=one.at + ESCALATES_AFTER,
                escalated_at=one.escalated_at,
                ended_at=one.ended_at,
                answered_by_id=self.users.get(one.answered_by),
            )


def _made(asked: Asked) -> Any:
    return asked.at
