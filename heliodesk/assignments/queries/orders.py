"""The orders of a list of assignments: each column both ways, ties broken by the number (A8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from heliodesk.assignments.queries.overdue import IS_OVERDUE
from heliodesk.worklists.queries.orders import Order

#: What waits for no answer comes behind all that does.
NEVER = "timestamptz '9999-12-31 00:00:00+00'"


def _name(table: str, key: str) -> str:
    return f"coalesce((SELECT n.name FROM {table} n WHERE n.id = a.{key}), '')"  # noqa: S608 - constants


@dataclass(frozen=True, slots=True)
class AssignmentOrder(Order):
    """A column and a direction; without a name the order of work: overdue first, then those of
    cases of high priority, then the oldest."""

    columns: ClassVar[dict[str, tuple[tuple[str, type], ...]]] = {
        "work": (
            (f"(CASE WHEN {IS_OVERDUE} THEN 0 ELSE 1 END)", int),
            ("c.priority", int),
            ("a.created_at", datetime),
        ),
        "number": (),
        "case": (("c.number", int),),
        "customer": (("lower(c.customer_name)", str),),
        "reason": (
            (_name("people_referralreason", "reason_id"), str),
            (_name("people_referralsubtype", "subtype_id"), str),
        ),
        "topic": ((_name("people_topic", "topic_id"), str),),
        "department": ((_name("people_department", "department_id"), str),),
        "status": (("a.status", str),),
        "assignee": ((_name("people_user", "assignee_id"), str),),
        "asker": ((_name("people_user", "created_by_id"), str),),
        "created": (("a.created_at", datetime),),
        "acted": (("a.acted_at", datetime),),
        "answer": ((f"coalesce(f.escalates_at, {NEVER})", datetime),),
        "priority": (("c.priority", int), ("a.created_at", datetime)),
        # Only of what has ended: the plain column, so that the list is read off its index.
        "ended": (("a.ended_at", datetime),),
    }
    usual: ClassVar[str] = "work"
    key: ClassVar[str] = "a.id"


#: What has ended stands with the latest on top.
ENDED = AssignmentOrder("ended", descends=True)
