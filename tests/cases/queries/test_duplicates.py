"""Matching cases: which, in what order, and for whom (B4, K6)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from heliodesk.cases.models import Case, Status
from heliodesk.cases.queries.duplicates import MatchingCase, matching_cases
from heliodesk.core import clock
from tests import cast
from tests.cases.opening import not_on_record
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db

TWICE = "Autopay was charged twice in October, please refund one."
LEAK = "Water drips through the ceiling under the array."


def numbers(found: list[MatchingCase]) -> list[int]:
    return [match.number for match in found]


def neighbours(company: Cast, **fields: object) -> Case:
    """A case of the neighbour, of the same Org."""
    return cast.case(
        company,
        account=company.neighbour,
        contact=company.neighbour_contact,
        contract=company.neighbour_contract,
        **fields,
    )


def test_open_before_closed_then_what_is_most_alike(company: Cast) -> None:
    old = clock.now() - timedelta(days=30)
    closed = cast.case(company, status=Status.CLOSED, description=TWICE)
    other_type = cast.case(
        company,
        request_type=company.performance,
        request_subtype=company.low_production,
        description=LEAK,
    )
    other_contract = cast.case(company, contract=company.cancelled, description=LEAK)
    best = cast.case(company, description=TWICE, created_at=old)
    found = matching_cases(
        contract=company.contract,
        request_type=company.billing,
        subtype=company.autopay,
        description=TWICE,
        by=actor(company.frank),
    )
    assert numbers(found) == [
        best.number,
        other_contract.number,
        other_type.number,
        closed.number,
    ]
    assert found[0].why == (
        "same contract",
        "same subtype",
        "worded alike",
    )


def test_a_row_says_what_one_has_to_know(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    (match,) = matching_cases(contract=company.contract, by=actor(company.frank))
    assert (match.pk, match.display_number, match.contract) == (
        case.pk,
        case.display_number,
        "C-1001",
    )
    assert (match.request, match.owner, match.status_label) == (
        "Billing and payments · Autopay",
        "Back Office Task Queue – Homeowner",
        "New",
    )


def test_another_homeowners_case_is_never_a_homeowners_issue(company: Cast) -> None:
    neighbours(company, description=TWICE)
    issue: dict[str, Any] = {
        "request_type": company.billing,
        "subtype": company.autopay,
        "description": TWICE,
        "by": actor(company.frank),
    }
    assert matching_cases(contract=company.contract, **issue) == []
    assert matching_cases(org=company.org, name="Nora Quint", **issue) == []


def test_an_orgs_own_case_is_a_homeowners_issue_by_subtype_and_words(company: Cast) -> None:
    same = cast.installer_case(company, description=TWICE)
    cast.installer_case(company, description=LEAK)
    found = matching_cases(
        contract=company.contract,
        request_type=company.billing,
        subtype=company.autopay,
        description=TWICE,
        by=actor(company.frank),
    )
    assert numbers(found) == [same.number]
    assert found[0].why[0] == "same Org"


def test_a_homeowners_case_is_its_installers_issue_by_subtype_and_words(company: Cast) -> None:
    same = neighbours(company, description=TWICE)
    neighbours(company, description=LEAK)
    found = matching_cases(
        org=company.org,
        request_type=company.billing,
        subtype=company.autopay,
        description=TWICE,
        by=actor(company.frank),
    )
    assert numbers(found) == [same.number]


def test_an_orgs_own_case_counts_by_its_subtype(company: Cast) -> None:
    same = cast.installer_case(company, description=LEAK)
    cast.installer_case(company, description=LEAK, status=Status.CLOSED)
    found = matching_cases(
        org=company.org,
        request_type=company.billing,
        subtype=company.autopay,
        description=TWICE,
        by=actor(company.frank),
    )
    assert numbers(found) == [same.number]


def test_a_contacts_cases_always_count(company: Cast) -> None:
    theirs = cast.installer_case(company, description=LEAK)
    found = matching_cases(org=company.org, contact=company.org_contact, by=actor(company.ines))
    assert numbers(found) == [theirs.number]


def test_somebody_not_on_record_is_found_by_name(company: Cast) -> None:
    case = not_on_record(company, name="Nora Quint")
    by = actor(company.frank)
    assert numbers(matching_cases(org=company.org, name="nora quint", by=by)) == [case.number]
    assert matching_cases(org=company.org, name="Ben Achterberg", by=by) == []
    assert matching_cases(org=company.other_org, name="Nora Quint", by=by) == []


def test_another_customers_cases_are_none(company: Cast) -> None:
    neighbours(company)
    assert matching_cases(contract=company.contract, by=actor(company.frank)) == []


def test_nobody_is_shown_a_case_they_may_not_see(company: Cast) -> None:
    cast.case(company)
    assert matching_cases(contract=company.contract, by=actor(company.dora)) == []


def test_there_are_never_more_than_asked_for(company: Cast) -> None:
    for _ in range(5):
        cast.case(company)
    assert len(matching_cases(contract=company.contract, by=actor(company.sue), limit=3)) == 3


def test_odd_words_harm_nothing(company: Cast) -> None:
    cast.case(company)
    found = matching_cases(
        contract=company.contract, description="50% \0 'x' %(x)s {y}", by=actor(company.sue)
    )
    assert len(found) == 1
