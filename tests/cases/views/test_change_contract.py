"""The pages that change a case's contract: search, then what will follow."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.cases.rules.closing import close
from heliodesk.directory.models import Contact
from tests import cast
from tests.cases.opening import not_on_record
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(company: Cast) -> Case:
    """Frank's case on Maria's contract."""
    return cast.case(company)


def address(case: Case) -> str:
    return f"{case.get_absolute_url()}contract/"


def typed(company: Cast, **changes: Any) -> dict[str, Any]:
    """What Frank sends."""
    return {
        "contract": "C-2001",
        "seen_contract": "C-1001",
        "contact": company.neighbour_contact.pk,
        "installer": company.org.pk,
    } | changes


@pytest.mark.parametrize("words", ["C-2001", "c-20", "okafor", "14 Fir"])
def test_the_contract_is_searched_by_id_name_or_address(
    case: Case, frank_client: Client, words: str
) -> None:
    text = frank_client.get(address(case), {"q": words}).content.decode()
    assert "?contract=C-2001" in text


def test_what_will_follow_is_shown(company: Cast, case: Case, frank_client: Client) -> None:
    text = frank_client.get(address(case), {"contract": "C-2001"}).content.decode()
    for words in ("Maria Delgado", "Tom Okafor", "14 Fir Lane, Fresno, CA 93650"):
        assert words in text
    assert f'<option value="{company.neighbour_contact.pk}" selected>' in text


def test_saved_the_case_is_the_other_homeowners(
    company: Cast, case: Case, frank_client: Client
) -> None:
    answer = frank_client.post(address(case), typed(company))
    assert answer["Location"] == case.get_absolute_url()
    case.refresh_from_db()
    assert (case.account, case.contract) == (company.neighbour, company.neighbour_contract)


def test_a_contact_of_the_old_homeowner_is_refused(
    company: Cast, case: Case, frank_client: Client
) -> None:
    answer = frank_client.post(address(case), typed(company, contact=company.signer.pk))
    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.account == company.homeowner


def test_a_cancelled_contract_asks(company: Cast, case: Case, frank_client: Client) -> None:
    sent = typed(company, contract="C-0999", contact=company.signer.pk)
    assert frank_client.post(address(case), sent).status_code == 422
    sent["cancelled_contract_confirmed"] = "on"
    assert frank_client.post(address(case), sent).status_code == 303


def test_a_stale_form_is_refused(company: Cast, case: Case, frank_client: Client) -> None:
    frank_client.post(address(case), typed(company))
    late = typed(company, contract="C-0999", contact=company.signer.pk)
    answer = frank_client.post(address(case), late)
    assert answer.status_code == 422
    assert "Meanwhile somebody changed" in answer.content.decode()


def test_where_the_case_was_closed_meanwhile_nothing_typed_is_lost(
    company: Cast, case: Case, frank_client: Client
) -> None:
    close(case, reason=company.resolved, by=cast.actor(company.sue))
    sent = typed(company, contact="", new_contact_name="Nia Okafor", new_contact_phone="6195550188")
    answer = frank_client.post(address(case), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Case 0" in text
    assert "is closed" in text
    assert 'value="Nia Okafor"' in text
    assert 'value="6195550188"' in text
    assert not Contact.objects.filter(name="Nia Okafor").exists()


def test_not_on_record_proposes_the_contract(company: Cast, frank_client: Client) -> None:
    case = not_on_record(company, name="Tom Okafor")
    text = frank_client.get(address(case)).content.decode()
    assert "Contracts that may be theirs" in text
    assert "?contract=C-2001" in text
    frank_client.post(address(case), typed(company, seen_contract=""))
    case.refresh_from_db()
    assert case.contract_gap == ""


@pytest.mark.parametrize(("who", "status"), [("fiona", 403), ("oscar", 404)])
def test_nobody_else_changes_it(
    company: Cast, case: Case, client: Client, who: str, status: int
) -> None:
    client.force_login(getattr(company, who))
    assert client.get(address(case)).status_code == status
    assert client.post(address(case), typed(company)).status_code == status


def test_the_pages_take_few_statements(
    case: Case, frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    frank_client.get(address(case))  # the names kept in the process are read
    for query in ({"q": "okafor"}, {"contract": "C-2001"}):
        with django_assert_max_num_queries(8):
            frank_client.get(address(case), query)
