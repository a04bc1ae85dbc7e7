"""The working day (W)."""

from __future__ import annotations

import pytest

from tests import cast
from tests.cast import Cast
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
