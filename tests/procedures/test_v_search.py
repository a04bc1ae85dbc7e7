"""Search (V4): exact numbers first, typing errors forgiven, results with their own address."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast
from tests.screens import browser, page

pytestmark = pytest.mark.django_db


def test_v4_numbers_names_and_addresses_lead_to_cases_contracts_and_accounts(
    company: Cast,
) -> None:
    case = cast.case(company)
    exact = browser(company.frank).get("/search/", {"q": str(case.number)})
    assert exact["Location"] == case.get_absolute_url()
    for typed in ("Delgado", "Delgdo", company.contract.address[:10]):
        found = page(company.frank, f"/search/?q={typed}")
        assert f"/accounts/{company.homeowner.pk}/" in found, typed
        assert case.get_absolute_url() in found, typed
