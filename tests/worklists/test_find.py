"""The search field leads straight to an exact number."""

from __future__ import annotations

from django.test import Client

from tests import cast
from tests.cast import Cast


def test_a_case_number_leads_to_the_case(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    for typed in (case.display_number, str(case.number), f" #{case.number} "):
        found = frank_client.get("/search/", {"q": typed})
        assert found["Location"] == case.get_absolute_url()


def test_a_contract_id_leads_to_the_contract(company: Cast, frank_client: Client) -> None:
    found = frank_client.get("/search/", {"q": "c-1001"})
    assert found["Location"] == "/contracts/C-1001/"


def test_anything_else_is_looked_for_among_the_accounts(
    company: Cast, frank_client: Client
) -> None:
    found = frank_client.get("/search/", {"q": "Maria & Söhne"})
    assert found["Location"] == "/accounts/?q=Maria+%26+S%C3%B6hne"
    assert frank_client.get("/search/", {"q": "99999999"})["Location"] == "/accounts/?q=99999999"


def test_an_outsider_does_not_learn_that_a_case_exists(company: Cast, client: Client) -> None:
    case = cast.case(company)
    client.force_login(company.oscar)
    found = client.get("/search/", {"q": case.display_number})
    assert found["Location"].startswith("/accounts/")
