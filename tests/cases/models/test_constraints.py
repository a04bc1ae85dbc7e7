"""What PostgreSQL holds of a case, its closures and its owners, tried with plain SQL."""

from __future__ import annotations

import pytest
from django.db import connection

from heliodesk.cases.models import Case, Closure
from tests import cast
from tests.cast import Cast
from tests.sql import breach

pytestmark = pytest.mark.django_db

SET = "UPDATE cases_case SET {} WHERE id = %s"


def constraints_of(table: str) -> set[str]:
    """Every named CHECK of a table, as PostgreSQL knows it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'c' AND conname NOT LIKE '%%not_null'",
            [table],
        )
        return {name for (name,) in cursor.fetchall()}


#: What is done to a homeowner case, and which constraint refuses it.
HOMEOWNER = {
    "case_type = 'x', contract_id = NULL, contract_gap = 'history', installer_id = account_id": (
        "case_type_is_known"
    ),
    "status = 'odd'": "case_status_is_known",
    "priority = 3": "case_priority_is_known",
    "contract_gap = 'odd', contract_id = NULL": "case_contract_gap_is_known",
    "owner_agent_id = NULL": "case_owner_is_exactly_one",
    "owner_queue_id = (SELECT min(id) FROM people_queue)": "case_owner_is_exactly_one",
    "contract_id = NULL": "case_homeowner_has_contract",
    "contract_gap = 'history'": "case_homeowner_has_contract",
    "contact_id = NULL": "case_homeowner_has_contact_and_installer",
    "installer_id = NULL": "case_homeowner_has_contact_and_installer",
    "contract_id = NULL, contact_id = NULL, contract_gap = 'not_on_record'": (
        "case_not_on_record_says_who"
    ),
    "description = ''": "case_has_description",
    "customer_name = ''": "case_has_customer_name",
    "closed_at = now()": "case_closed_has_time",
    "status = 'closed'": "case_closed_has_time",
    "reviewed_at = now()": "case_review_is_whole",
    "review_comments = 'Looked.'": "case_review_is_whole",
    "follow_up_at = now()": "case_follow_up_is_whole",
    "follow_up_for = 'Call back'": "case_follow_up_is_whole",
    "number = (SELECT max(number) FROM cases_case)": "cases_case_number_key",
    "status = 'closed', closed_at = now()": "case_closed_by_closure",
    "request_subtype_id = (SELECT id FROM cases_requestsubtype WHERE name = 'Low production')": (
        "case_subtype_of_type"
    ),
    "contact_id = (SELECT id FROM directory_contact WHERE name = 'Tom Okafor')": (
        "case_contact_of_account"
    ),
    "contract_id = (SELECT id FROM directory_contract WHERE contract_id = 'C-2001')": (
        "case_contract_of_account"
    ),
    "installer_contact_id = (SELECT id FROM directory_contact WHERE name = 'Lee Tran')": (
        "case_installer_contact_of_installer"
    ),
    "owner_agent_id = (SELECT id FROM people_user WHERE username = 'dora')": "case_owner_can_act",
}
INSTALLER = {
    "contract_id = (SELECT id FROM directory_contract WHERE contract_id = 'C-1001')": (
        "case_installer_has_no_contract"
    ),
    "contact_id = NULL": "case_installer_has_contact_or_sales_rep",
    "contact_id = NULL, sales_rep_name = 'Jo'": "case_installer_has_contact_or_sales_rep",
    "installer_id = NULL": "case_installer_is_the_account",
    "installer_id = (SELECT id FROM directory_account WHERE name LIKE 'Cedar%%')": (
        "case_installer_is_the_account"
    ),
}


@pytest.mark.parametrize(("change", "refusal"), HOMEOWNER.items())
def test_a_homeowner_case_holds(company: Cast, change: str, refusal: str) -> None:
    case = cast.case(company)
    cast.case(company)
    assert breach(SET.format(change), case.pk) == refusal


@pytest.mark.parametrize(("change", "refusal"), INSTALLER.items())
def test_an_installer_case_holds(company: Cast, change: str, refusal: str) -> None:
    assert breach(SET.format(change), cast.installer_case(company).pk) == refusal


def test_every_check_of_a_case_is_tried() -> None:
    tried = {*HOMEOWNER.values(), *INSTALLER.values()}
    assert constraints_of("cases_case") - tried == set()


def test_an_open_case_has_no_open_closure(company: Cast) -> None:
    case = cast.case(company)
    insert = (
        "INSERT INTO cases_closure (case_id, reason_id, note, closed_at) VALUES (%s, %s, '', now())"
    )
    assert breach(insert, case.pk, company.resolved.pk) == "case_closed_by_closure"


def test_one_open_closure_at_a_time(company: Cast) -> None:
    case = cast.case(company, status="closed")
    insert = (
        "INSERT INTO cases_closure (case_id, reason_id, note, closed_at) VALUES (%s, %s, '', now())"
    )
    assert breach(insert, case.pk, company.resolved.pk) == "closure_one_open_a_case"


def test_one_reopening_in_a_cases_life(company: Cast) -> None:
    case = cast.case(company, status="closed")
    now = case.created_at
    Closure.objects.filter(case=case).update(reopened_at=now, reopened_by=company.frank)
    Closure.objects.create(case=case, reason=company.resolved, closed_at=now)
    again = "UPDATE cases_closure SET reopened_at = closed_at, reopened_by_id = %s"
    assert breach(again, company.frank.pk) == "closure_one_reopening_a_case"


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("reopened_at = closed_at", "closure_reopening_is_whole"),
        ("reopened_by_id = closed_by_id", "closure_reopening_is_whole"),
        (
            "reopened_by_id = closed_by_id, reopened_at = closed_at - interval '1 second'",
            "closure_reopened_after_closed",
        ),
    ],
)
def test_a_reopening_is_whole_and_comes_after(company: Cast, change: str, refusal: str) -> None:
    case = cast.case(company, status="closed")
    assert breach(f"UPDATE cases_closure SET {change} WHERE case_id = %s", case.pk) == refusal


@pytest.mark.parametrize("comments", ["", "x" * 1001])
def test_a_review_says_something_within_1000_characters(company: Cast, comments: str) -> None:
    insert = (
        "INSERT INTO cases_activity (case_id, subject, name, status, comments, at, by_id)"
        " VALUES (%s, 'Case Review', '', 'Completed', %s, now(), %s)"
    )
    values = (cast.case(company).pk, comments, company.frank.pk)
    assert breach(insert, *values) == "activity_review_within_limit"


def test_a_queue_that_nobody_works_owns_nothing(company: Cast) -> None:
    case = cast.case(company)
    give = SET.format("owner_agent_id = NULL, owner_queue_id = q.id").replace(
        "WHERE id", "FROM people_queue q WHERE q.slug = 'empty' AND cases_case.id"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_queue (name, slug, case_type, is_active, position)"
            " VALUES ('Empty', 'empty', '', true, 9)"
        )
    assert breach(give, case.pk) == "case_owner_can_act"


def test_the_last_member_stays_in_a_queue_with_cases(company: Cast) -> None:
    cast.installer_case(company, owner_queue=company.installer_queue)
    leave = "DELETE FROM people_queuemembership WHERE queue_id = %s"
    assert breach(leave, company.installer_queue.pk) == "queue_is_worked"
    switch_off = "UPDATE people_user SET is_active = false WHERE username = %s"
    assert breach(switch_off, "ines") == "user_has_handed_on"


def test_a_queue_with_cases_is_not_retired(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    retire = "UPDATE people_queue SET is_active = false WHERE id = %s"
    assert breach(retire, company.homeowner_queue.pk) == "queue_has_handed_on"


def test_an_owner_stays_in_support(company: Cast) -> None:
    cast.case(company)
    leave = "UPDATE people_user SET role = '' WHERE id = %s"
    assert breach(leave, company.frank.pk) == "user_has_handed_on"


def test_history_keeps_owners_who_have_left(company: Cast) -> None:
    case = cast.case(company, status="closed")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_user SET is_active = false WHERE id = %s", [company.frank.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert Case.objects.get(pk=case.pk).owner_agent == company.frank
