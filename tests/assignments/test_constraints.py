"""What PostgreSQL holds of case assignments, tried with plain SQL (A1, A4, X2)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.people.models import ReferralReason, ReferralSubtype, Topic
from tests import cast
from tests.cast import Cast
from tests.sql import breach

pytestmark = pytest.mark.django_db

INSERT = (
    "INSERT INTO assignments_caseassignment (case_id, department_id, reason_id, comments, status,"
    " outcome, created_at, created_by_id, acted_at)"
    " VALUES (%s, %s, %s, 'Why?', 'open', '', now(), %s, now())"
)


def assign(company: Cast, **fields: object) -> CaseAssignment:
    return cast.assignment(company, cast.case(company, status="internal_referral"), **fields)


def change(made: CaseAssignment, what: str) -> str:
    """The constraint that refuses to set `what`."""
    return breach(f"UPDATE assignments_caseassignment SET {what} WHERE id = %s", made.pk)


ENDED = "ended_at = created_at, ended_by_id = created_by_id"
BEFORE = "ended_at = created_at - interval '1 s', ended_by_id = created_by_id"
HAD = "assignee_id = created_by_id, accepted_at = now()"


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        (f"status = 'odd', outcome = 'x', {ENDED}", "assignment_status_is_known"),
        (f"status = 'completed', outcome = 'x', {HAD}", "assignment_ended_has_time"),
        (ENDED, "assignment_ended_has_time"),
        ("status = 'withdrawn', ended_at = now()", "assignment_ended_has_who"),
        (f"status = 'withdrawn', {BEFORE}", "assignment_ends_after_it_began"),
        ("comments = ''", "assignment_says_what_for"),
        ("status = 'accepted'", "assignment_accepted_has_assignee"),
        (f"status = 'completed', outcome = 'x', {ENDED}", "assignment_accepted_has_assignee"),
        (HAD, "assignment_open_has_no_assignee"),
        ("status = 'accepted', assignee_id = created_by_id", "assignment_assignee_has_time"),
        ("accepted_at = now()", "assignment_assignee_has_time"),
        (f"status = 'completed', {HAD}, {ENDED}", "assignment_answered_says_how"),
        (f"status = 'rejected', {ENDED}", "assignment_answered_says_how"),
        (f"status = 'returned', {ENDED}", "assignment_answered_says_how"),
        ("outcome = 'x'", "assignment_answered_says_how"),
        ("account_manager_id = created_by_id", "assignment_managers_are_both"),
        ("sales_manager_id = created_by_id", "assignment_managers_are_both"),
    ],
)
def test_an_assignment_holds(company: Cast, what: str, refusal: str) -> None:
    assert change(assign(company), what) == refusal


def test_a_withdrawn_one_needs_no_word(company: Cast) -> None:
    assign(company, status="withdrawn", outcome="")


def test_the_reason_is_of_the_department(company: Cast) -> None:
    made = assign(company)
    assert change(made, f"reason_id = {company.legal_reason.pk}") == (
        "assignment_reason_of_department"
    )


def test_the_subtype_is_of_the_reason(company: Cast) -> None:
    made = assign(company)
    other = ReferralReason.objects.create(department=company.sales, name="Commission")
    subtype = ReferralSubtype.objects.create(reason=other, name="Missing")
    assert change(made, f"subtype_id = {subtype.pk}") == "assignment_subtype_of_reason"


def test_the_topic_is_of_the_department(company: Cast) -> None:
    made = assign(company)
    topic = Topic.objects.create(department=company.legal, name="Omnidian")
    assert change(made, f"topic_id = {topic.pk}") == "assignment_topic_of_department"


def test_a_reason_in_use_stays_with_its_department(company: Cast) -> None:
    assign(company)
    sql = "UPDATE people_referralreason SET department_id = %s WHERE id = %s"
    refusal = breach(sql, company.legal.pk, company.sales_reason.pk)
    assert refusal == "assignment_reason_of_department"


def test_none_begins_on_a_closed_case(company: Cast) -> None:
    case = cast.case(company, status="closed")
    values = (case.pk, company.sales.pk, company.sales_reason.pk, company.frank.pk)
    assert breach(INSERT, *values) == "assignment_case_is_open"


def test_an_ended_one_does_not_stand_again_on_a_closed_case(company: Cast) -> None:
    made = cast.assignment(
        company, cast.case(company, status="closed"), status="withdrawn", outcome=""
    )
    assert change(made, "status = 'open', ended_at = NULL, ended_by_id = NULL") == (
        "assignment_case_is_open"
    )


def test_a_case_does_not_close_while_one_stands(company: Cast) -> None:
    case = assign(company).case
    close = (
        "WITH closed AS (INSERT INTO cases_closure (case_id, reason_id, note, closed_at)"
        " VALUES (%s, %s, '', now()) RETURNING case_id)"
        " UPDATE cases_case SET status = 'closed', closed_at = now()"
        " FROM closed WHERE cases_case.id = closed.case_id"
    )
    assert breach(close, case.pk, company.resolved.pk) == "case_closed_without_assignments"
