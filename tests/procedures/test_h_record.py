"""H7: the case record shows everything about the case; D3: and when its contract is ending."""

from __future__ import annotations

import pytest

from heliodesk.cases.rules.contract_ending import say_contract_is_ending
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import page

pytestmark = pytest.mark.django_db


def test_h7_the_record_shows_everything_with_its_number_and_time(
    company: Cast, still: Clock
) -> None:
    case = cast.case(company, installer_contact=company.org_contact, priority=1)
    shown = page(company.bea, case.get_absolute_url())
    for part in (
        case.display_number,
        "Homeowner Support case",
        "Billing and payments",
        "Autopay",
        "Maria Delgado",
        "(619) 555-0143",
        "maria@example.org",
        "C-1001",
        "12 Fir Lane, Fresno, CA 93650",
        "Brightfield Solar",
        "Priya Raman",
        "Autopay was charged twice in October.",
        "Phone",
        "High",
        f'<time datetime="{still.at:%Y-%m-%dT%H:%M:%SZ}"',
        "by Frank Tester",
    ):
        assert part in shown, part


def test_h7_the_record_of_an_installer_case(company: Cast) -> None:
    case = cast.installer_case(
        company, contact=None, sales_rep_name="Jo Diaz", sales_rep_email="jo@example.com"
    )
    shown = page(company.bea, case.get_absolute_url())
    for part in ("Installer Support case", "Brightfield Solar", "Jo Diaz", "jo@example.com"):
        assert part in shown, part


def test_d3_a_contract_that_ends_says_so_on_its_open_cases(company: Cast) -> None:
    case = cast.case(company)
    company.contract.status = "cancelled"
    company.contract.save()
    say_contract_is_ending(company.contract, by=actor(company.bea))
    shown = page(company.frank, case.get_absolute_url())
    assert "Contract C-1001 is Cancelled" in shown
    assert "became <span>Cancelled</span>" in shown
