"""N. An installer case, and the customer who is not on record: one test for each line."""

from __future__ import annotations

import pytest
from django.test import Client

from heliodesk.cases.models import Case, ContractGap, EngineComment, EngineSettings
from heliodesk.cases.queries.not_on_record import contracts_that_may_be_theirs
from heliodesk.cases.rules.change_contract import change_contract
from heliodesk.core.refusal import Refused
from heliodesk.directory.models import Contact
from tests.cases.opening import installer_case, not_on_record
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def sent(company: Cast) -> dict[str, object]:
    """What the agent sends, contact aside."""
    return {
        "request_type": company.billing.pk,
        "request_subtype": company.autopay.pk,
        "description": "The commission for June is missing.",
        "source": company.phone.pk,
        "priority": 2,
    }


def test_n1_it_is_created_under_the_account_or_one_of_its_contacts(
    company: Cast, frank_client: Client
) -> None:
    under_account = sent(company) | {"contact": company.org_contact.pk}
    frank_client.post(f"/accounts/{company.org.pk}/cases/new/", under_account)
    first = Case.objects.get()
    under_contact = sent(company) | {"none_of_these": first.display_number}
    frank_client.post(f"/contacts/{company.org_contact.pk}/cases/new/", under_contact)
    assert {case.contact for case in Case.objects.all()} == {company.org_contact}
    assert Case.objects.count() == 2


def test_n2_the_contact_or_a_sales_rep_by_name_and_email(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        installer_case(company, contact=None)
    assert refused.value.rule == "N2"
    rep = {"contact": None, "sales_rep_name": "Sam Ortiz", "sales_rep_email": "sam@example.com"}
    case = installer_case(company, **rep)
    assert "Sales rep: Sam Ortiz <sam@example.com>" in case.description
    installer_case(company, add_sales_rep=True, none_of_these=[case.number], **rep)
    assert Contact.objects.get(name="Sam Ortiz").account == company.org


@pytest.mark.parametrize(
    "field", ["request_type", "request_subtype", "source", "priority", "description"]
)
def test_n3_its_fields_are_required_and_the_installer_is_the_account(
    company: Cast, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        installer_case(company, **{field: "" if field == "description" else None})
    assert (refused.value.rule, refused.value.field) == ("N3", field)
    assert installer_case(company).installer == company.org


def test_n4_a_case_about_a_job_leaves_its_private_comment_there(company: Cast) -> None:
    EngineSettings.objects.create(pk=1, address="https://engine.example.com/api")
    case = installer_case(company, job_id="J-77")
    comment = EngineComment.objects.get(case=case)
    assert (comment.job_id, comment.state) == ("J-77", "waiting")
    assert comment.text == f"Related Case ({case.display_number})"


def test_n5_a_homeowner_not_on_record_has_a_case_at_their_org_until_the_contract_comes(
    company: Cast,
) -> None:
    case = not_on_record(company, name="Tom Okafor", hand_over=True)
    case.refresh_from_db()
    assert (case.account, case.contract_gap, case.owner_queue) == (
        company.org,
        ContractGap.NOT_ON_RECORD,
        company.homeowner_queue,
    )
    proposed = contracts_that_may_be_theirs(case, by=actor(company.bea))
    assert [one.contract_id for one in proposed] == ["C-2001"]
    change_contract(
        case,
        company.neighbour_contract,
        contact=company.neighbour_contact,
        installer=company.org,
        installer_contact=None,
        by=actor(company.sue),
    )
    case.refresh_from_db()
    assert (case.contract_gap, case.account) == ("", company.neighbour)


def test_n6_it_stands_under_the_contact_and_belongs_to_its_creator(company: Cast) -> None:
    case = installer_case(company, by=actor(company.ines))
    assert company.org_contact.cases.get() == case
    assert (case.owner_agent, case.created_by) == (company.ines, company.ines)
