"""A case of a homeowner who is not in the system, and everything it refuses (N5)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, CaseType, ContractGap
from heliodesk.core.refusal import NeedsConfirmation, NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import Queue, QueueMembership
from tests.cases.opening import not_on_record
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_it_stands_at_the_org_and_is_marked(company: Cast) -> None:
    case = not_on_record(company)
    case.refresh_from_db()
    assert (case.case_type, case.account, case.installer) == (
        CaseType.HOMEOWNER,
        company.org,
        company.org,
    )
    assert (case.contract, case.contact, case.contract_gap) == (
        None,
        None,
        ContractGap.NOT_ON_RECORD,
    )
    assert (case.customer_name, case.customer_phone, case.property_address) == (
        "Nora Quint",
        "(619) 555-0188",
        "77 Alder Way, Fresno, CA 93650",
    )
    assert case.owner_agent == company.frank


def test_ticked_it_goes_to_the_homeowner_queue(company: Cast) -> None:
    case = not_on_record(company, hand_over=True)
    case.refresh_from_db()
    assert (case.owner_agent, case.owner_queue) == (None, company.homeowner_queue)
    kinds = FeedItem.objects.filter(case=case).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["created", "owner"]


def test_without_a_queue_nothing_is_lost_silently(company: Cast) -> None:
    Queue.objects.filter(pk=company.homeowner_queue.pk).update(is_active=False)
    with pytest.raises(Refused, match="no queue for homeowner cases") as refused:
        not_on_record(company, hand_over=True)
    assert refused.value.field == "hand_over"
    assert not Case.objects.exists()


def test_a_queue_without_members_owns_nothing(company: Cast) -> None:
    QueueMembership.objects.filter(queue=company.homeowner_queue).delete()
    with pytest.raises(Refused, match="has no members"):
        not_on_record(company, hand_over=True)


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"name": " "}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "", "email": "nora"}, "email"),
        ({"property_address": ""}, "property_address"),
        ({"name": "N" * 201}, "name"),
    ],
)
def test_name_address_and_phone_or_email_are_asked_for(
    company: Cast, part: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        not_on_record(company, **part)
    assert (refused.value.field, refused.value.rule) == (field, "N5")


def test_an_email_is_enough(company: Cast) -> None:
    case = not_on_record(company, phone="", email="nora@example.org")
    assert (case.customer_phone, case.customer_email) == ("", "nora@example.org")


def test_not_under_a_homeowner_account(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        not_on_record(company, org=company.homeowner)
    assert refused.value.rule == "N5"


def test_not_by_a_department_member(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        not_on_record(company, by=actor(company.dora))


def test_the_request_is_checked_as_on_other_homeowner_cases(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        not_on_record(company, request_subtype=company.low_production)
    assert (refused.value.rule, refused.value.field) == ("H4", "request_subtype")


def test_the_same_name_at_the_same_org_has_to_be_looked_at(company: Cast) -> None:
    first = not_on_record(company)
    with pytest.raises(NeedsConfirmation, match=first.display_number):
        not_on_record(company, name="Nora Quintt")
    other = {
        "name": "Ben Achterberg",
        "request_type": company.performance,
        "request_subtype": company.low_production,
    }
    assert not_on_record(company, **other).dismissed_matches.count() == 0
