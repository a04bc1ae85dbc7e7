"""Asking a department for one action on a case (A1, A2, A3, A7)."""

from __future__ import annotations

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules import texts
from heliodesk.assignments.rules.acting import member_ids, tell
from heliodesk.assignments.rules.fitting import (
    require_department,
    require_managers,
    require_reason,
    require_topic,
)
from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.cases.rules.status import settle
from heliodesk.core import clock
from heliodesk.core.rule import rule
from heliodesk.feed import kinds
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify
from heliodesk.people.access import Actor
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic, User


@rule("A1", "A2", "A3", "A7", "K7", "X2", "X6")
def create_assignment(
    case: Case,
    *,
    department: Department | None,
    reason: ReferralReason | None,
    subtype: ReferralSubtype | None = None,
    topic: Topic | None = None,
    comments: str,
    account_manager: User | None = None,
    sales_manager: User | None = None,
    by: Actor,
) -> CaseAssignment:
    """Ask the department for what the reason says; gives the assignment, open.

    The case becomes Internal Referral and the department's members are told, who thereby see it.
    Refuses for anybody but those who may assign (K7), on a closed case, without comments, and
    what the department does not offer: a reason, a subtype where the reason has any, a topic where
    the department has any, both managers where the department asks for them.
    """
    case = access.lock(case)
    access.require_assign(case, by=by, to="assign it to a department")
    access.require_open(case, to="assign it to a department")
    department = require_department(department)
    reason, subtype = require_reason(department, reason, subtype)
    require_topic(department, topic)
    require_managers(department, account_manager, sales_manager)
    said = texts.required(comments, label="the Referral Comments", field="comments", rule="A1")
    now = clock.now()
    assignment = CaseAssignment.objects.create(
        case=case,
        department=department,
        reason=reason,
        subtype=subtype,
        topic=topic,
        comments=said,
        account_manager=account_manager,
        sales_manager=sales_manager,
        created_at=now,
        created_by_id=by.person_id,
        acted_at=now,
    )
    _announce(assignment, by=by)
    return assignment


def _announce(assignment: CaseAssignment, *, by: Actor) -> None:
    """Record it, tell the department, and give the case its status (A3)."""
    asked_for = [assignment.reason, assignment.subtype, assignment.topic]
    item = tell(
        assignment,
        kinds.ASSIGNMENT_CREATED,
        body=assignment.comments,
        reason=", ".join(one.name for one in asked_for if one is not None),
        by=by,
    )
    notify(member_ids(assignment), item, NoticeKind.ASSIGNMENT, by=by)
    assignment.case = settle(assignment.case, by=by)
