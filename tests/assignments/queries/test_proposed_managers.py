"""The managers that are filled in, and the line that says from where (A2)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.queries.managers import proposed_managers
from heliodesk.cases.models import Case
from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db

FROM_PARENT = "From the parent account of Maria Delgado, Brightfield Solar."


def proposed(case: Case) -> tuple[str, str, str]:
    """Names of both managers, and the line."""
    found = proposed_managers(Case.objects.get(pk=case.pk))
    names = [one.name if one else "" for one in (found.account_manager, found.sales_manager)]
    return names[0], names[1], found.source


def test_from_the_homeowners_parent_account(company: Cast) -> None:
    assert proposed(cast.case(company)) == (
        "Sue Tester",
        "Ada Tester",
        FROM_PARENT,
    )


def test_the_line_says_when_the_associated_installer_is_another(company: Cast) -> None:
    case = cast.case(company, installer=company.other_org)
    assert proposed(case) == (
        "Sue Tester",
        "Ada Tester",
        f"{FROM_PARENT} The Associated Installer is another: Cedar Ridge Energy.",
    )


def test_from_the_installer_account_of_an_installer_case(company: Cast) -> None:
    case = cast.installer_case(company)
    assert proposed(case)[2] == "From the installer account, Brightfield Solar."


def test_from_the_org_of_a_customer_not_on_record(company: Cast) -> None:
    case = cast.case(
        company,
        account=company.org,
        contact=None,
        contract=None,
        contract_gap="not_on_record",
        customer_phone="(619) 555-0143",
    )
    assert proposed(case)[2] == "From the installer account, Brightfield Solar."


def test_nobody_is_proposed_who_is_not_there_any_more(company: Cast) -> None:
    company.ada.is_active = False
    company.ada.save()
    case = cast.case(company)
    assert proposed(case) == (
        "Sue Tester",
        "",
        f"{FROM_PARENT} It names no active Sales Manager.",
    )


def test_without_a_parent_account_nobody_is_proposed(company: Cast) -> None:
    company.homeowner.parent = None
    company.homeowner.save()
    assert proposed(cast.case(company)) == ("", "", "Maria Delgado has no parent account.")
