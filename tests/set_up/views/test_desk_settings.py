"""The settings of the desk on the page of administrators (K1, K2)."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.people.models import DeskSettings
from tests.cast import Cast
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db
ADDRESS = "/set-up/settings/"


def fields(**changes: Any) -> dict[str, Any]:
    """The form as it stands, with changes."""
    return {
        "review_interval_hours": 48, "reopening_window_hours": 6, "follow_up_hours": 48,
        "overdue_hours": 48, "digest_hour": 7, "file_size_limit_mb": 25,
        "refused_file_types": "exe bat", "escalation_text": "", "escalation_contact": "",
        "support_exports": "on",
    } | changes  # fmt: skip


def test_they_are_shown_and_saved(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada = browser(company.ada)
    with django_assert_max_num_queries(8):
        assert "No escalation contact" in ada.get(ADDRESS).content.decode()
    send(company.ada, ADDRESS, **fields(overdue_hours=24, escalation_contact=company.sue.pk))
    now = DeskSettings.current()
    assert (now.overdue_hours, now.escalation_contact) == (24, company.sue)
    assert "No escalation contact" not in page(company.ada, ADDRESS)


def test_a_contact_who_has_left_is_warned_of(company: Cast) -> None:
    send(company.ada, ADDRESS, **fields(escalation_contact=company.sue.pk))
    company.sue.is_active = False
    company.sue.save()
    shown = page(company.ada, ADDRESS)
    assert "The escalation contact is deactivated" in shown
    assert "Sue Tester (deactivated)" in shown


def test_a_refused_setting_is_said_at_its_field(company: Cast) -> None:
    typed = fields(follow_up_hours=0, escalation_text="Call them first.")
    shown = send(company.ada, ADDRESS, answers=422, **typed)
    assert "Write a number from 1 to 720." in shown
    assert "#F3" in shown
    assert "Call them first." in shown
    assert "Enter a whole number" in send(
        company.ada, ADDRESS, answers=422, **fields(overdue_hours="two days")
    )


def test_what_somebody_else_saved_is_said(company: Cast) -> None:
    send(company.ada, ADDRESS, **fields(overdue_hours=24))
    shown = send(
        company.ada, ADDRESS, answers=409, **fields(overdue_hours=12, seen_overdue_hours=48)
    )
    assert "Meanwhile somebody else changed overdue hours to “24”" in shown


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
def test_others_are_refused(company: Cast, who: str) -> None:
    client = browser(getattr(company, who))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, fields(digest_hour=9)).status_code == 403
    assert DeskSettings.current().digest_hour == 7
