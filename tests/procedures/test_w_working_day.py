"""The working day (W)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from heliodesk.cases.jobs import follow_ups_due
from heliodesk.notices.models import Notice
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


def test_w4_a_case_prints_with_its_feed(company: Cast) -> None:
    case = cast.case(company)
    send(company.frank, f"{case.get_absolute_url()}posts/", body="The bank called.")
    assert f"{case.get_absolute_url()}print/" in page(company.frank, case.get_absolute_url())
    printed = page(company.frank, f"{case.get_absolute_url()}print/")
    assert "The bank called." in printed
    assert "Autopay was charged twice in October." in printed


def test_w3_quick_text_is_filled_in_with_the_facts_of_the_case(company: Cast) -> None:
    case = cast.case(company)
    send(company.frank, "/quick-texts/new/", name="Voicemail", text="Called {customer}.")
    asked = {"at": case.get_absolute_url(), "q": "voice"}
    found = browser(company.frank).get("/quick-texts/options/", asked).json()
    assert found["items"][0]["insert"] == "Called Maria Delgado."


def test_w1_a_promised_call_back_rings_the_bell_when_it_is_due(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    at = timezone.localtime(still.at + timedelta(hours=3))
    address = f"{case.get_absolute_url()}follow-up-date/"
    send(company.frank, address, at=f"{at:%Y-%m-%dT%H:%M}", what_for="Call Maria back")
    still.move(hours=4)
    follow_ups_due()
    assert Notice.objects.get(recipient=company.frank).kind == "follow_up_date"
    assert "Follow-up due: Call Maria back" in page(company.frank, case.get_absolute_url())


def test_w2_who_follows_a_case_gets_its_notices_and_related_ones_are_linked(
    company: Cast,
) -> None:
    case, other = cast.case(company), cast.installer_case(company)
    act = case.get_absolute_url()
    send(company.fiona, f"{act}following/")
    send(company.frank, f"{act}posts/", body="The bank called.")
    assert Notice.objects.get(recipient=company.fiona).kind == "followed"
    send(company.frank, f"{act}related/new/", other=other.display_number)
    assert case.display_number in page(company.frank, f"{other.get_absolute_url()}?tab=related")
