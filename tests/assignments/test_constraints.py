"""What PostgreSQL holds of case assignments, tried with plain SQL (X2)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case
from tests import cast
from tests.cast import Cast
from tests.sql import breach

pytestmark = pytest.mark.django_db

INSERT = (
    "INSERT INTO assignments_caseassignment (case_id, department_id, reason_id, comments, status,"
    " outcome, created_at, created_by_id) VALUES (%s, %s, %s, 'Why?', 'open', '', now(), %s)"
)


def assign(company: Cast, case: Case) -> CaseAssignment:
    return CaseAssignment.objects.create(
        case=case,
        department=company.sales,
        reason=company.sales_reason,
        comments="Who promised this?",
        created_at=case.created_at,
        created_by=company.frank,
    )


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("status = 'odd', ended_at = now()", "assignment_status_is_known"),
        ("status = 'completed'", "assignment_ended_has_time"),
        ("ended_at = now()", "assignment_ended_has_time"),
        ("comments = ''", "assignment_says_what_for"),
        ("status = 'accepted'", "assignment_accepted_has_assignee"),
    ],
)
def test_an_assignment_holds(company: Cast, change: str, refusal: str) -> None:
    made = assign(company, cast.case(company, status="internal_referral"))
    sql = f"UPDATE assignments_caseassignment SET {change} WHERE id = %s"
    assert breach(sql, made.pk) == refusal


def test_none_begins_on_a_closed_case(company: Cast) -> None:
    case = cast.case(company, status="closed")
    values = (case.pk, company.sales.pk, company.sales_reason.pk, company.frank.pk)
    assert breach(INSERT, *values) == "assignment_case_is_open"


def test_no_case_closes_while_one_stands(company: Cast) -> None:
    case = cast.case(company, status="internal_referral")
    assign(company, case)
    close = (
        "WITH closed AS (INSERT INTO cases_closure (case_id, reason_id, note, closed_at)"
        " VALUES (%s, %s, '', now()) RETURNING case_id)"
        " UPDATE cases_case SET status = 'closed', closed_at = now()"
        " FROM closed WHERE cases_case.id = closed.case_id"
    )
    assert breach(close, case.pk, company.resolved.pk) == "case_closed_without_assignments"
