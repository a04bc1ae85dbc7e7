"""B. When a case is needed: one test for each line."""

from __future__ import annotations

import pytest
from django.test import Client

from heliodesk.cases.models import Case, Interaction
from heliodesk.cases.queries.duplicates import matching_cases
from heliodesk.cases.rules.duplicates import leave_on_case
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.core.refusal import NeedsConfirmation
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from tests import cast
from tests.cases.opening import homeowner_case
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("channel", ["phone", "chat", "email", "web"])
def test_b1_an_agent_records_who_by_which_channel_what_about_and_whether_resolved(
    company: Cast, channel: str
) -> None:
    for on in (
        {"account": company.homeowner},
        {"contact": company.signer},
        {"contract": company.contract},
        {"case": cast.case(company)},
    ):
        kept = record_interaction(
            channel=channel,
            spoke_with="Luis",
            about="Asks for the bill",
            resolved=True,
            by=actor(company.frank),
            **on,
        )
        assert (kept.account, kept.channel, kept.spoke_with, kept.about, kept.resolved) == (
            company.homeowner,
            channel,
            "Luis",
            "Asks for the bill",
            True,
        )


def test_b2_resolved_it_is_kept_on_the_record_and_no_case_is_made(
    company: Cast, frank_client: Client
) -> None:
    sent = {"channel": "phone", "about": "Asks for the bill.", "then": "resolved"}
    frank_client.post(f"/interactions/new/?account={company.homeowner.pk}", sent)
    assert company.homeowner.interactions.get().resolved
    assert not Case.objects.exists()


def test_b3_not_resolved_the_form_leads_on_to_a_case_with_nothing_typed_twice(
    company: Cast, frank_client: Client
) -> None:
    sent = {
        "channel": "email",
        "contact": company.co_signer.pk,
        "contract": company.contract.pk,
        "about": "Wants the October charge back.",
        "then": "case",
    }
    on = frank_client.post(f"/interactions/new/?account={company.homeowner.pk}", sent)
    text = frank_client.get(on["Location"]).content.decode()
    assert "Wants the October charge back." in text
    for chosen in (company.co_signer, company.email):
        assert f'<option value="{chosen.pk}" selected>' in text
    assert f'name="installer" value="{company.org.pk}"' in text


def test_b4_the_form_itself_shows_existing_cases_for_the_issue_open_ones_first(
    company: Cast, frank_client: Client
) -> None:
    closed = cast.case(company, status="closed")
    still_open = cast.case(company, description="Something else altogether")
    text = frank_client.get("/contracts/C-1001/cases/new/").content.decode()
    assert 0 < text.index(still_open.display_number) < text.index(closed.display_number)
    found = matching_cases(contract=company.contract, by=actor(company.frank))
    assert [one.pk for one in found] == [still_open.pk, closed.pk]


def test_b5_left_on_the_case_that_exists_its_owner_is_mentioned_and_no_case_is_made(
    company: Cast,
) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)
    leave_on_case(case, channel="phone", about="Called again.", by=actor(company.frank))
    assert Interaction.objects.get().case == case
    assert "Called again." in FeedItem.objects.get(case=case).body
    assert {one.recipient for one in Notice.objects.all()} == {company.bea, company.bob}
    assert Case.objects.count() == 1


def test_b6_another_case_needs_a_deliberate_no_and_keeps_which_ones_were_shown(
    company: Cast,
) -> None:
    shown = cast.case(company)
    with pytest.raises(NeedsConfirmation) as refused:
        homeowner_case(company)
    numbers = [case["number"] for case in refused.value.about["cases"]]
    case = homeowner_case(company, none_of_these=numbers)
    assert [one.match for one in case.dismissed_matches.all()] == [shown]
