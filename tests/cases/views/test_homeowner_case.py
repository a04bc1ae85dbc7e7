"""The page for a new homeowner case: works, refuses outsiders, keeps what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case, ContractConfirmation, Interaction, Status
from heliodesk.core import clock
from heliodesk.directory.models import Contact
from heliodesk.drafts.models import Draft
from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NEW = "/contracts/C-1001/cases/new/"
TOKEN = "7f7cbb3a-6f0f-4b1e-9a5c-6f0d8f0b1c11"


def typed(company: Cast, **changes: Any) -> dict[str, Any]:
    """What Frank sends."""
    return {
        "once": TOKEN,
        "contact": company.signer.pk,
        "request_type": company.billing.pk,
        "request_subtype": company.autopay.pk,
        "description": "Autopay was charged twice.",
        "installer": company.org.pk,
        "installer_contact": "",
        "source": company.phone.pk,
        "priority": "2",
    } | changes


def test_the_form_is_filled_in_with_what_is_known(company: Cast, frank_client: Client) -> None:
    text = frank_client.get(NEW).content.decode()
    assert f'<option value="{company.signer.pk}" selected>Maria Delgado – Primary signer' in text
    assert f'name="installer" value="{company.org.pk}"' in text
    assert 'name="installer_typed" id="id_installer" value="Brightfield Solar"' in text
    assert "12 Fir Lane, Fresno, CA 93650" in text
    assert 'name="property_address"' not in text


def test_saved_the_case_is_said_with_a_link(company: Cast, frank_client: Client) -> None:
    answer = frank_client.post(NEW, typed(company), follow=False)
    case = Case.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, case.get_absolute_url())
    (said,) = get_messages(answer.wsgi_request)
    link = f'<a href="{case.get_absolute_url()}">{case.display_number}</a>'
    assert str(said) == f"Case {link} was created under Maria Delgado."


def test_creating_takes_few_statements_and_renders_nothing(
    company: Cast, frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15 + 2):  # two are the savepoint of the test itself
        frank_client.post(NEW, typed(company))
    assert Case.objects.count() == 1


def test_the_page_takes_few_statements(
    company: Cast, frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    cast.case(company)
    frank_client.get(NEW)  # the names kept in the process are read
    with django_assert_max_num_queries(8):
        frank_client.get(NEW)


@pytest.mark.parametrize("who", ["dora", "oscar"])
def test_a_department_member_creates_nothing(company: Cast, client: Client, who: str) -> None:
    client.force_login(getattr(company, who))
    assert client.get(NEW).status_code in {403, 404}
    assert client.post(NEW, typed(company)).status_code in {403, 404}
    assert not Case.objects.exists()


def test_there_is_no_form_without_a_contract(company: Cast, frank_client: Client) -> None:
    for address in (
        "/contracts/C-9999/cases/new/",
        f"/accounts/{company.homeowner.pk}/cases/new/",
        f"/contacts/{company.signer.pk}/cases/new/",
        f"/accounts/{company.homeowner.pk}/not-on-record/new/",
    ):
        assert frank_client.get(address).status_code in {404, 409, 422}, address
        assert frank_client.post(address, typed(company)).status_code in {404, 409, 422}, address
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("field", "whose"),
    [
        ("contact", "neighbour_contact"),
        ("request_subtype", "low_production"),
        ("installer", "neighbour"),
        ("installer_contact", "other_org_contact"),
    ],
)
def test_forged_ids_are_refused_at_their_field(
    company: Cast, frank_client: Client, field: str, whose: str
) -> None:
    answer = frank_client.post(NEW, typed(company, **{field: getattr(company, whose).pk}))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("value", ["0", "-1", "abc", "9" * 25, "999999"])
@pytest.mark.parametrize("field", ["contact", "request_type", "request_subtype", "source"])
def test_ids_of_nothing_are_refused(
    company: Cast, frank_client: Client, field: str, value: str
) -> None:
    answer = frank_client.post(NEW, typed(company, **{field: value}))
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_nothing_typed_is_lost_when_it_is_refused(company: Cast, frank_client: Client) -> None:
    answer = frank_client.post(NEW, typed(company, source="", description="Half a story"))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Half a story" in text
    assert f'<option value="{company.autopay.pk}" selected>' in text
    assert TOKEN in text


def test_a_cancelled_contract_asks_first(company: Cast, frank_client: Client) -> None:
    address = "/contracts/C-0999/cases/new/"
    assert "Contract C-0999 is Cancelled" in frank_client.get(address).content.decode()
    refused = frank_client.post(address, typed(company))
    assert refused.status_code == 422
    assert not Case.objects.exists()
    sure = typed(company, cancelled_contract_confirmed="on")
    assert frank_client.post(address, sure).status_code == 303
    assert ContractConfirmation.objects.count() == 1


def test_matching_cases_are_asked_about_and_dismissed(company: Cast, frank_client: Client) -> None:
    first = cast.case(company)
    refused = frank_client.post(NEW, typed(company))
    text = refused.content.decode()
    assert refused.status_code == 409
    assert f'name="none_of_these" value="{first.display_number}"' in text
    done = frank_client.post(NEW, typed(company, none_of_these=first.display_number))
    assert done.status_code == 303
    assert Case.objects.latest("pk").dismissed_matches.get().match == first


def test_sent_twice_it_makes_one_case(company: Cast, frank_client: Client) -> None:
    answers = [frank_client.post(NEW, typed(company)) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Case.objects.count() == 1


def test_a_person_who_is_new_is_added_with_the_case(company: Cast, frank_client: Client) -> None:
    new = {"contact": "", "new_contact_name": "Diego Delgado", "new_contact_phone": "6195550177"}
    frank_client.post(NEW, typed(company, **new))
    son = Contact.objects.get(name="Diego Delgado")
    assert (son.account, Case.objects.get().contact) == (company.homeowner, son)


def test_a_refused_case_adds_nobody(company: Cast, frank_client: Client) -> None:
    cast.case(company)
    new = {"contact": "", "new_contact_name": "Diego Delgado"}
    assert frank_client.post(NEW, typed(company, **new)).status_code == 409
    assert not Contact.objects.filter(name="Diego Delgado").exists()


def test_another_installer_and_their_contact_are_found_by_name_without_script(
    company: Cast, frank_client: Client
) -> None:
    named = {
        "installer_typed": company.other_org.name,
        "installer_meant": company.org.name,
        "installer_contact_typed": "lee",
        "installer_contact_meant": "",
    }
    refused = frank_client.post(NEW, typed(company, description="Kept") | named)
    text = refused.content.decode()
    assert refused.status_code == 422
    match = f'<input type="radio" name="installer_contact" value="{company.other_org_contact.pk}"'
    assert f"{match} checked" in text
    assert "Kept" in text
    named |= {
        "installer_contact": str(company.other_org_contact.pk),
        "installer_contact_meant": "lee",
    }
    frank_client.post(NEW, typed(company) | named)
    made = Case.objects.get()
    assert (made.installer, made.installer_contact) == (
        company.other_org,
        company.other_org_contact,
    )


def spoken(company: Cast) -> Interaction:
    return Interaction.objects.create(
        account=company.homeowner,
        contact=company.co_signer,
        channel="email",
        about="Wants the October charge back.",
        resolved=False,
        at=clock.now(),
        by=company.frank,
    )


def test_after_an_interaction_nothing_is_typed_twice(company: Cast, frank_client: Client) -> None:
    about = spoken(company)
    text = frank_client.get(f"{NEW}?interaction={about.pk}").content.decode()
    assert "Wants the October charge back." in text
    assert f'<option value="{company.co_signer.pk}" selected>' in text
    assert f'<option value="{company.email.pk}" selected>' in text
    frank_client.post(NEW, typed(company, interaction=about.pk))
    about.refresh_from_db()
    assert about.case == Case.objects.get()


def test_a_closed_case_is_continued(company: Cast, frank_client: Client) -> None:
    old = cast.case(company, status=Status.CLOSED, description="It began in May.")
    page = frank_client.get(f"{NEW}?continues={old.display_number}")
    assert "It began in May." in page.content.decode()
    frank_client.post(NEW, typed(company, continues=old.display_number))
    assert Case.objects.latest("pk").previous_case == old


def test_a_draft_is_put_back(company: Cast, frank_client: Client) -> None:
    Draft.objects.create(
        user=company.frank,
        key="contract/C-1001/new-case",
        data={"description": "Half a story", "priority": "1"},
        at=clock.now(),
    )
    assert "Half a story" in frank_client.get(NEW).content.decode()
    frank_client.post(NEW, typed(company, start_over="1"))
    assert not Draft.objects.exists()
    assert not Case.objects.exists()


def test_the_interaction_is_left_on_the_case_that_exists(
    company: Cast, frank_client: Client
) -> None:
    first = cast.case(company, owner_agent=company.fiona)
    left = typed(company, leave_on=first.display_number, request_type="", request_subtype="")
    answer = frank_client.post(NEW, left)
    assert (answer.status_code, answer["Location"]) == (303, first.get_absolute_url())
    assert first.interactions.get().about == "Autopay was charged twice."
    assert Case.objects.count() == 1


def test_without_words_nothing_is_left(company: Cast, frank_client: Client) -> None:
    first = cast.case(company)
    left = typed(company, leave_on=first.display_number, description="")
    answer = frank_client.post(NEW, left)
    assert answer.status_code == 422
    assert 'id="id_description_error"' in answer.content.decode()
