"""Logging an interaction, and what it refuses (B1, B2, S3)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import Case, Interaction, Status
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def spoke(company: Cast, **changes: Any) -> Interaction:
    values: dict[str, Any] = {
        "channel": "phone",
        "about": "Asks when the refund comes.",
        "resolved": True,
        "by": actor(company.fiona),
    }
    return record_interaction(**values | changes)


def test_resolved_it_stays_on_the_customers_record(company: Cast, still: Clock) -> None:
    kept = spoke(company, contact=company.signer)
    assert (kept.account, kept.contact, kept.case) == (company.homeowner, company.signer, None)
    assert (kept.spoke_with, kept.resolved, kept.at) == ("Maria Delgado", True, still.at)
    assert not Case.objects.exists()
    assert AuditEntry.objects.get(kind="interaction").subject_id == company.homeowner.pk


def test_on_a_contract_the_account_follows(company: Cast) -> None:
    kept = spoke(company, contract=company.contract, channel="web")
    assert (kept.account, kept.contract) == (company.homeowner, company.contract)


def test_on_a_case_it_stands_in_the_feed_with_its_details(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    still.move(hours=1)
    kept = spoke(company, case=case, resolved=False, spoke_with="Luis Delgado")
    item = FeedItem.objects.get(case=case, kind="interaction")
    assert item.body == "Asks when the refund comes."
    assert item.data == {
        "interaction": kept.pk,
        "channel": "Phone",
        "spoke_with": "Luis Delgado",
        "resolved": False,
    }
    case.refresh_from_db()
    assert case.last_modified_at < still.at


def test_a_case_that_awaits_the_customer_comes_back_to_support(company: Cast) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    spoke(company, case=case)
    case.refresh_from_db()
    assert case.status == Status.AWAITING_SUPPORT


def test_the_owner_of_any_other_open_case_is_told(company: Cast) -> None:
    spoke(company, case=cast.case(company))
    assert Notice.objects.get().recipient == company.frank


def test_on_a_closed_case_it_is_just_kept(company: Cast) -> None:
    case = cast.case(company, status=Status.CLOSED)
    spoke(company, case=case)
    case.refresh_from_db()
    assert case.status == Status.CLOSED
    assert case.interactions.count() == 1
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"about": " "}, "about"),
        ({"about": "x" * 20_001}, "about"),
        ({"spoke_with": "x" * 161}, "spoke_with"),
    ],
)
def test_it_says_how_and_what_about(company: Cast, part: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        spoke(company, account=company.homeowner, **part)
    assert (refused.value.field, refused.value.rule) == (field, "B1")


def test_it_is_somebodys(company: Cast) -> None:
    with pytest.raises(Refused, match="which customer"):
        spoke(company)


def test_contact_and_contract_are_that_customers(company: Cast) -> None:
    with pytest.raises(Refused, match="another account"):
        spoke(company, account=company.homeowner, contact=company.neighbour_contact)
    with pytest.raises(Refused, match="another customer's"):
        spoke(company, account=company.homeowner, contract=company.neighbour_contract)
    assert not Interaction.objects.exists()


def test_not_by_a_department_member(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        spoke(company, account=company.homeowner, by=actor(company.dora))
