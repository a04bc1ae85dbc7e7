"""Opening a homeowner case, and everything it refuses (B6, H1, H3, H4, H7, K7, X5)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import (
    Case,
    ContractConfirmation,
    DismissedMatch,
    Interaction,
    RequestType,
    Status,
)
from heliodesk.core import clock
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NeedsConfirmation, NotPermitted, Refused
from heliodesk.directory.models import Contact
from heliodesk.feed.models import FeedItem
from heliodesk.people.access import SYSTEM
from tests import cast
from tests.cases.opening import homeowner_case
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_it_stands_under_contact_contract_and_account(company: Cast, still: Clock) -> None:
    case = homeowner_case(company, description="  Charged twice. ")

    case.refresh_from_db()
    assert (case.contact, case.contract, case.account, case.installer) == (
        company.signer,
        company.contract,
        company.homeowner,
        company.org,
    )
    assert (case.customer_name, case.property_address) == (
        "Maria Delgado",
        "12 Fir Lane, Fresno, CA 93650",
    )
    assert (case.status, case.owner_agent, case.owner_queue) == (Status.NEW, company.frank, None)
    assert case.created_at == case.last_modified_at == case.review_due_from == still.at
    assert case.description == "Charged twice."
    assert case.number > 10_000


def test_it_is_told_in_feed_and_record(company: Cast) -> None:
    case = homeowner_case(company)
    item = FeedItem.objects.get(case=case)
    assert (item.kind, item.author) == ("created", company.frank)
    assert AuditEntry.objects.filter(kind="created", subject_id=case.pk, by=company.frank).exists()


def test_not_without_a_contract(company: Cast) -> None:
    with pytest.raises(Refused, match="under a contract") as refused:
        homeowner_case(company, contract=None)
    assert (refused.value.rule, refused.value.code) == ("H1", "contract_missing")


@pytest.mark.parametrize("who", ["dora", "oscar"])
def test_not_by_somebody_outside_of_support(company: Cast, who: str) -> None:
    with pytest.raises(NotPermitted) as refused:
        homeowner_case(company, by=actor(getattr(company, who)))
    assert refused.value.rule == "K7"


def test_not_by_the_system_which_can_own_nothing(company: Cast) -> None:
    with pytest.raises(NotPermitted, match="opened by an agent"):
        homeowner_case(company, by=SYSTEM)


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("contact", None),
        ("installer", None),
        ("request_type", None),
        ("request_subtype", None),
        ("source", None),
        ("priority", None),
        ("description", "  \n"),
    ],
)
def test_every_field_but_the_installer_contact_is_required(
    company: Cast, field: str, empty: Any
) -> None:
    with pytest.raises(Refused) as refused:
        homeowner_case(company, **{field: empty})
    assert (refused.value.field, refused.value.rule) == (field, "H4")
    assert not Case.objects.exists()


def test_not_with_a_subtype_of_another_type(company: Cast) -> None:
    with pytest.raises(Refused, match="not a subtype of") as refused:
        homeowner_case(company, request_subtype=company.low_production)
    assert refused.value.field == "request_subtype"


def test_not_with_what_is_not_offered(company: Cast) -> None:
    commissions = RequestType.objects.create(name="Commissions", for_homeowner=False)
    subtype = commissions.subtypes.create(name="Late")
    with pytest.raises(Refused, match="Homeowner Support"):
        homeowner_case(company, request_type=commissions, request_subtype=subtype)
    company.autopay.is_active = False
    with pytest.raises(Refused, match="“Autopay” is not offered") as refused:
        homeowner_case(company)
    assert refused.value.field == "request_subtype"


def test_not_with_an_unknown_priority(company: Cast) -> None:
    with pytest.raises(Refused) as refused:
        homeowner_case(company, priority=7)
    assert refused.value.field == "priority"


def test_not_with_a_contact_of_another_account(company: Cast) -> None:
    with pytest.raises(Refused, match="not a contact of Maria Delgado") as refused:
        homeowner_case(company, contact=company.neighbour_contact)
    assert refused.value.field == "contact"


def test_not_with_a_homeowner_as_installer(company: Cast) -> None:
    with pytest.raises(Refused, match="not an installer"):
        homeowner_case(company, installer=company.neighbour)


def test_not_with_an_installer_contact_of_another_org(company: Cast) -> None:
    with pytest.raises(Refused, match="not a contact of Brightfield") as refused:
        homeowner_case(company, installer_contact=company.other_org_contact)
    assert refused.value.field == "installer_contact"


def test_the_installer_may_be_another_with_its_contact(company: Cast) -> None:
    case = homeowner_case(
        company, installer=company.other_org, installer_contact=company.other_org_contact
    )
    assert (case.installer, case.installer_contact) == (
        company.other_org,
        company.other_org_contact,
    )


def test_a_cancelled_contract_asks_and_the_yes_is_kept(company: Cast, still: Clock) -> None:
    with pytest.raises(NeedsConfirmation, match="C-0999 is Cancelled") as refused:
        homeowner_case(company, contract=company.cancelled)
    assert refused.value.rule == "H3"
    assert refused.value.about == {"contract": "C-0999", "status": "cancelled"}

    case = homeowner_case(company, contract=company.cancelled, cancelled_contract_confirmed=True)

    kept = ContractConfirmation.objects.get(case=case)
    assert (kept.contract, kept.contract_status, kept.by, kept.at) == (
        company.cancelled,
        "cancelled",
        company.frank,
        still.at,
    )
    item = FeedItem.objects.get(case=case, kind="created")
    assert item.data == {"confirmed_contract": "C-0999", "contract_status": "Cancelled"}


def test_a_yes_on_an_active_contract_keeps_nothing(company: Cast) -> None:
    homeowner_case(company, cancelled_contract_confirmed=True)
    assert not ContractConfirmation.objects.exists()


def test_open_matching_cases_have_to_be_looked_at(company: Cast) -> None:
    first = cast.case(company)
    with pytest.raises(NeedsConfirmation, match=first.display_number) as refused:
        homeowner_case(company)
    assert (refused.value.rule, refused.value.code) == ("B6", "similar_cases")
    assert [case["number"] for case in refused.value.about["cases"]] == [first.display_number]
    assert Case.objects.count() == 1


@pytest.mark.parametrize("as_written", [True, False])
def test_a_deliberate_no_is_kept_with_what_was_shown(company: Cast, as_written: bool) -> None:
    shown, closed = cast.case(company), cast.case(company, status=Status.CLOSED)
    named = [shown.display_number if as_written else shown.number, str(closed.number)]
    case = homeowner_case(company, none_of_these=named)
    kept = DismissedMatch.objects.filter(case=case)
    assert {one.match_id for one in kept} == {shown.pk, closed.pk}
    assert {one.by_id for one in kept} == {company.frank.pk}


def test_a_closed_match_and_another_customers_case_stop_nobody(company: Cast) -> None:
    cast.case(company, status=Status.CLOSED)
    cast.case(
        company,
        account=company.neighbour,
        contact=company.neighbour_contact,
        contract=company.neighbour_contract,
        customer_name="Tom Okafor",
        request_type=company.performance,
        request_subtype=company.low_production,
        description="The inverter shows a red light since Monday.",
    )
    homeowner_case(company)
    assert not DismissedMatch.objects.exists()


def test_what_is_named_and_no_case_is_left_out(company: Cast) -> None:
    case = homeowner_case(company, none_of_these=["99999999", "abc", "²", "9" * 30])
    assert not case.dismissed_matches.exists()


def interaction(company: Cast, **fields: Any) -> Interaction:
    return Interaction.objects.create(
        **{
            "account": company.homeowner,
            "channel": "phone",
            "about": "Charged twice",
            "resolved": False,
            "at": clock.now(),
            "by": company.frank,
        }
        | fields
    )


def test_the_interaction_comes_along(company: Cast) -> None:
    spoken = interaction(company)
    case = homeowner_case(company, interaction=spoken)
    spoken.refresh_from_db()
    assert spoken.case == case
    assert FeedItem.objects.get(case=case).data == {"interaction": spoken.pk}


def test_an_interaction_that_stands_on_a_case_stays_there(company: Cast) -> None:
    earlier = cast.case(company, status=Status.CLOSED)
    spoken = interaction(company, case=earlier)
    with pytest.raises(Refused, match="on a case already") as refused:
        homeowner_case(company, interaction=spoken)
    assert refused.value.rule == "B3"
    assert Case.objects.count() == 1


def test_another_customers_interaction_does_not_come_along(company: Cast) -> None:
    spoken = interaction(company, account=company.neighbour)
    with pytest.raises(Refused, match="another customer"):
        homeowner_case(company, interaction=spoken)


def test_it_continues_a_closed_case_of_the_same_homeowner(company: Cast) -> None:
    old = cast.case(company, status=Status.CLOSED)
    case = homeowner_case(company, previous_case=old)
    assert case.previous_case == old
    item = FeedItem.objects.get(case=old, kind="continued")
    assert item.data == {"number": case.display_number}


def test_it_continues_neither_an_open_case_nor_a_neighbours(company: Cast) -> None:
    with pytest.raises(Refused, match="is open") as still_open:
        homeowner_case(company, previous_case=cast.case(company))
    neighbours = cast.case(
        company,
        status=Status.CLOSED,
        account=company.neighbour,
        contact=company.neighbour_contact,
        contract=company.neighbour_contract,
    )
    with pytest.raises(Refused, match="another customer's"):
        homeowner_case(company, previous_case=neighbours)
    assert still_open.value.rule == "X5"


def test_a_too_long_description_says_how_long(company: Cast) -> None:
    with pytest.raises(Refused, match="50,001 characters") as refused:
        homeowner_case(company, description="x" * 50_001)
    assert refused.value.field == "description"


def test_a_new_contact_fits_at_once(company: Cast) -> None:
    son = Contact.objects.create(account=company.homeowner, name="Diego Delgado")
    assert homeowner_case(company, contact=son).contact == son
