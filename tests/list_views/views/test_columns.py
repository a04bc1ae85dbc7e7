"""Choosing columns, and how wide they are (V3)."""

from __future__ import annotations

import json

import pytest

from heliodesk.list_views.models import ListLayout
from tests.cast import Cast
from tests.worklists.pages import page, signed_in

pytestmark = pytest.mark.django_db
FORM = "/cases/columns/"


def send(company: Cast, at: str = "/cases/", **sent: object) -> str:
    """Send the form; where it leads."""
    answer = signed_in(company.frank).post(FORM, {"at": at, **sent})
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def kept(company: Cast) -> ListLayout:
    """What is kept for Frank."""
    return ListLayout.objects.get(person=company.frank)


def test_columns_are_remembered_in_their_order(company: Cast) -> None:
    numbers = {"place.status": "2", "place.number": "3", "place.customer": "1"}
    assert send(company, column=["number", "customer", "status"], **numbers) == "/cases/"
    assert kept(company).columns == ["customer", "status", "number"]


def test_those_of_an_address_go_into_the_address(company: Cast) -> None:
    at = "/cases/?all=open:is:yes&columns=number"
    assert send(company, at, column=["number", "source"]) == (
        "/cases/?all=open:is:yes&columns=number,source"
    )
    assert not ListLayout.objects.exists()


def test_those_of_a_queue_are_its_own(company: Cast) -> None:
    assert send(company, "/queues/homeowner/", column=["number"]) == "/queues/homeowner/"
    assert kept(company).list == "queue/homeowner"


def test_reset_brings_the_usual_ones_back(company: Cast) -> None:
    send(company, column=["number"])
    send(company, reset="1")
    assert not ListLayout.objects.exists()


def test_no_column_at_all_is_refused(company: Cast) -> None:
    answer = signed_in(company.frank).post(FORM, {"at": "/cases/"})
    assert answer.status_code == 422
    assert "Choose at least one column" in answer.content.decode()


def test_the_chosen_ones_come_first_in_the_form(company: Cast) -> None:
    send(company, column=["source", "number"], **{"place.source": "1", "place.number": "2"})
    shown = page(company.frank, f"{FORM}?at=/cases/")
    assert shown.index('value="source" checked') < shown.index('value="number" checked')
    assert shown.index('value="number" checked') < shown.index('value="customer"')


def test_widths_are_kept_for_the_person(company: Cast) -> None:
    browser = signed_in(company.frank)
    sent = {"at": "/cases/", "widths": json.dumps({"customer": 300, "number": 5, "evil": 100})}
    assert browser.post(f"{FORM}widths/", sent).status_code == 303
    assert kept(company).widths == {"customer": 300}
    for unreadable in ("{", "[" * 4_000):
        assert browser.post(f"{FORM}widths/", {**sent, "widths": unreadable}).status_code == 409
    assert browser.get(f"{FORM}widths/").status_code == 405


def test_what_is_no_address_leads_to_the_list_of_all_cases(company: Cast) -> None:
    assert send(company, "//[", column=["number"]) == "/cases/"
