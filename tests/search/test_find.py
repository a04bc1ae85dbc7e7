"""The search field: an exact number at once, all else by kind (V4)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from heliodesk.directory.models import Job
from tests import cast
from tests.cast import Cast

Statements = Callable[[int], AbstractContextManager[object]]
NOT_ON_RECORD = {
    "contract": None,
    "contact": None,
    "contract_gap": "not_on_record",
    "customer_name": "Zelda Okonkwo",
    "customer_phone": "555-0107",
}


def test_a_case_number_leads_to_the_case(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    for typed in (case.display_number, str(case.number), f" #{case.number} "):
        found = frank_client.get("/search/", {"q": typed})
        assert found["Location"] == case.get_absolute_url()


def test_a_contract_id_leads_to_the_contract(company: Cast, frank_client: Client) -> None:
    found = frank_client.get("/search/", {"q": "c-1001"})
    assert found["Location"] == "/contracts/C-1001/"


def test_anything_else_is_found_by_kind(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    unknown = cast.case(company, **NOT_ON_RECORD)
    html = frank_client.get("/search/", {"q": "delg"}).content.decode()
    assert case.get_absolute_url() in html
    assert f"/accounts/{company.homeowner.pk}/" in html
    assert "/contracts/C-1001/" in html
    assert unknown.get_absolute_url() not in html
    assert unknown.get_absolute_url() in frank_client.get("/search/?q=zelda").content.decode()
    assert "Nothing found" in frank_client.get("/search/", {"q": "99999999"}).content.decode()


def test_a_name_with_a_typing_error_is_found(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    assert case.get_absolute_url() in frank_client.get("/search/?q=Delgdo").content.decode()


def test_while_one_types_the_exact_number_comes_first(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    first, *_, last = propose(frank_client, str(case.number))
    assert first == {
        "group": "Cases",
        "value": case.get_absolute_url(),
        "label": f"{case.display_number} Maria Delgado",
        "hint": "Autopay, Frank Tester, New",
    }
    assert last["value"] == f"/search/?q={case.number}"
    assert propose(frank_client, "m") == []


def test_a_job_is_found_by_its_id(company: Cast, frank_client: Client) -> None:
    Job.objects.create(job_id="J-77", installer=company.org)
    assert propose(frank_client, "j-77")[0]["hint"] == "Job of Brightfield Solar"


def test_a_department_member_finds_what_belongs_to_its_cases(company: Cast, client: Client) -> None:
    case, other = cast.case(company), cast.case(company)
    cast.assignment(company, case)
    client.force_login(company.dora)
    html = client.get("/search/", {"q": "Delgado"}).content.decode()
    assert case.get_absolute_url() in html
    assert other.get_absolute_url() not in html
    client.force_login(company.oscar)
    assert "Nothing found" in client.get("/search/", {"q": "Delgado"}).content.decode()


def test_odd_words_break_nothing(company: Cast, frank_client: Client) -> None:
    for typed in ("", " ", "%", "'", "x" * 5000, "Maria & Söhne", "9" * 40):
        assert frank_client.get("/search/", {"q": typed}).status_code == 200
        assert frank_client.get("/search/options/", {"q": typed}).status_code == 200


def test_few_statements(
    company: Cast, frank_client: Client, django_assert_max_num_queries: Statements
) -> None:
    cast.case(company)
    frank_client.get("/")
    with django_assert_max_num_queries(8):
        frank_client.get("/search/", {"q": "delg"})
    with django_assert_max_num_queries(8):
        frank_client.get("/search/options/", {"q": "C-10"})


def test_an_outsider_does_not_learn_that_a_case_exists(company: Cast, client: Client) -> None:
    case = cast.case(company)
    client.force_login(company.oscar)
    found = client.get("/search/", {"q": case.display_number})
    assert "Nothing found" in found.content.decode()


def propose(client: Client, typed: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = client.get("/search/options/", {"q": typed}).json()["items"]
    return found


def test_a_pasted_reference_leads_to_its_record(company: Cast, frank_client: Client) -> None:
    case = cast.case(company)
    number = case.display_number
    for typed in (
        f"Case {number} (homeowner Maria Delgado)",
        f"Re: [Case {number}] Your autopay",
        f"case no. {case.number}",
        f"https://desk.example.com/cases/{number}/?item=7#item-7",
        f"https://desk.example.com/cases/{number}",
    ):
        found = frank_client.get("/search/", {"q": typed})
        assert found["Location"] == case.get_absolute_url(), typed
        assert propose(frank_client, typed)[0]["value"] == case.get_absolute_url()
    for typed in (
        "https://desk.example.com/contracts/C-1001/",
        "Contract C-1001",
        "contract ID: c-1001 (Delgado)",
        "C1001",
        "c 1001",
    ):
        assert frank_client.get("/search/", {"q": typed})["Location"] == "/contracts/C-1001/", typed


def test_the_address_of_a_customer_leads_to_it(company: Cast, frank_client: Client) -> None:
    page = f"/accounts/{company.homeowner.pk}/"
    for typed in (f"https://desk.example.com{page}", f"see {page}cases/?q=1 please", page):
        assert frank_client.get("/search/", {"q": typed})["Location"] == page, typed
    found = propose(frank_client, f"https://desk.example.com/contacts/{company.signer.pk}/")
    assert page in {one["value"] for one in found}
    gone = frank_client.get("/search/", {"q": "/accounts/999999999999999999/"}).content.decode()
    assert "Nothing found" in gone


def test_who_is_written_with_a_sign_is_found_without(company: Cast, frank_client: Client) -> None:
    cast.user("aine", "frontline", name="Áine O’Brien")
    case = cast.case(
        company,
        contract=None,
        contract_gap="not_on_record",
        account=company.org,
        contact=None,
        customer_name="Fergal O'Brien",
        customer_phone="619 555 0100",
        description="Mrs O'Brien called.",
    )
    for typed in ("OBrien", "O'Brien"):
        html = frank_client.get("/search/", {"q": typed}).content.decode()
        assert case.get_absolute_url() in html, typed
        assert "Áine O’Brien" in html, typed
        assert "<mark>O</mark>" in html, typed


def test_a_number_among_other_words_comes_first_and_leads_nowhere_by_itself(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    typed = f"autopay of {case.display_number} again"
    assert propose(frank_client, typed)[0]["value"] == case.get_absolute_url()
    page = frank_client.get("/search/", {"q": typed})
    assert page.status_code == 200
    assert case.get_absolute_url() in page.content.decode()


def test_digits_of_a_contract_are_first_of_all_a_case_number(
    company: Cast, frank_client: Client
) -> None:
    values = {one["value"] for one in propose(frank_client, "1001")}
    assert {"/contracts/C-1001/", f"/accounts/{company.homeowner.pk}/"} <= values
    assert frank_client.get("/search/", {"q": "1001"}).status_code == 200


def test_an_outsider_learns_nothing_from_a_pasted_address(company: Cast, client: Client) -> None:
    case = cast.case(company)
    client.force_login(company.oscar)
    for typed in (
        f"/cases/{case.display_number}/",
        f"see {case.display_number}",
        "C1001",
        "1001",
        f"/accounts/{company.homeowner.pk}/",
        f"/contacts/{company.signer.pk}/",
    ):
        html = client.get("/search/", {"q": typed}).content.decode()
        assert f'href="{case.get_absolute_url()}"' not in html
        assert 'href="/contracts/C-1001/"' not in html
        assert [one["group"] for one in propose(client, typed)] == ["Texts"]


@pytest.mark.django_db(transaction=True)
def test_what_takes_too_long_is_said_and_what_begins_so_shown(
    company: Cast, frank_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = "SELECT 1::bigint AS id, 9 AS rank, '' AS hit WHERE pg_sleep(20) IS NULL"
    monkeypatch.setattr("heliodesk.directory.queries.finding_sql.BY_NAME", slow)
    monkeypatch.setattr("heliodesk.directory.queries.finding.WHOLE_FROM", 100)
    monkeypatch.setattr("heliodesk.search.views.options.LIMIT", 200)
    monkeypatch.setattr("heliodesk.search.bounds.LIMIT", 200)
    found = propose(frank_client, "maria delg")
    assert f"/accounts/{company.homeowner.pk}/" in {one["value"] for one in found}
    assert found[-1]["label"].startswith("More fits than could be looked through: type on")
    html = frank_client.get("/search/", {"q": "maria delg"}).content.decode()
    assert "took too long" in html
    assert f"/accounts/{company.homeowner.pk}/" in html
