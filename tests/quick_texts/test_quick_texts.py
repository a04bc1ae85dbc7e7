"""Quick texts: kept, proposed with the case's facts, and refused with a reason (W3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.quick_texts.facts import filled_in
from heliodesk.quick_texts.models import QuickText
from heliodesk.quick_texts.rules.quick_text import delete_quick_text, keep_quick_text
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


def kept(company: Cast, **fields: Any) -> QuickText:
    values: dict[str, Any] = {
        "name": "Voicemail",
        "text": "Called {customer}.",
        "shared": False,
    } | fields
    by = values.pop("by", company.frank)
    return keep_quick_text(**values, by=actor(by))


def proposed(company: Cast, at: str, typed: str = "") -> list[str]:
    found = browser(company.frank).get("/quick-texts/options/", {"at": at, "q": typed})
    return [item["insert"] for item in found.json()["items"]]


def test_the_facts_of_the_case_are_filled_in(company: Cast) -> None:
    case = cast.case(company)
    kept(company, text="{customer}, {contract}, {subtype}, {me}")
    for place in ("", "review/new/", "closure/new/"):
        told = proposed(company, f"{case.get_absolute_url()}{place}")
        assert told == ["Maria Delgado, C-1001, Autopay, Frank Tester"]


def test_on_an_assignment_they_are_those_of_its_case(company: Cast) -> None:
    case = cast.case(company)
    made = cast.assignment(company, case)
    kept(company, text="For {case}")
    told = proposed(company, f"/assignments/{made.pk}/withdrawal/new/")
    assert told == [f"For {case.display_number}"]


def test_what_is_not_known_stays_in_its_braces(company: Cast) -> None:
    kept(company, text="Hello {customer}")
    assert proposed(company, "/accounts/") == ["Hello {customer}"]
    assert filled_in("{contract}", {"contract": ""}) == "{contract}"


def test_a_case_one_may_not_see_gives_no_facts(company: Cast) -> None:
    case = cast.case(company)
    kept(company, text="Hello {customer}", by=company.dora)
    found = browser(company.dora).get("/quick-texts/options/", {"at": case.get_absolute_url()})
    assert found.json()["items"][0]["insert"] == "Hello {customer}"


def test_words_of_the_name_come_before_words_of_the_text(company: Cast) -> None:
    kept(company, name="B", text="voicemail left")
    kept(company, name="Voicemail", text="Called.")
    kept(company, name="Other", text="Nothing.")
    assert proposed(company, "/", "VOICE") == ["Called.", "voicemail left"]


def test_one_has_ones_own_and_the_shared_ones(company: Cast) -> None:
    kept(company, name="Bea's", by=company.bea)
    kept(company, name="Shared", shared=True, by=company.sue)
    html = page(company.frank, "/quick-texts/")
    assert "Bea&#39;s" not in html
    assert "Shared" in html


def test_only_a_supervisor_keeps_the_shared_ones(company: Cast) -> None:
    shared = kept(company, shared=True, by=company.sue)
    frank = actor(company.frank)
    with pytest.raises(NotPermitted):
        kept(company, name="Mine for all", shared=True)
    with pytest.raises(NotPermitted):
        keep_quick_text(shared, name="x", text="y", shared=False, by=frank)
    with pytest.raises(NotPermitted):
        delete_quick_text(shared, by=frank)
    delete_quick_text(shared, by=actor(company.sue))


def test_somebody_elses_is_not_there(company: Cast) -> None:
    beas = kept(company, by=company.bea)
    with pytest.raises(NotFound):
        delete_quick_text(beas, by=actor(company.frank))
    assert browser(company.frank).get(f"/quick-texts/{beas.pk}/edit/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"name": " "}, "name", "Give it a name"),
        ({"name": "x" * 81}, "name", "80 characters"),
        ({"text": " "}, "text", "Write a text"),
        ({"text": "x" * 4001}, "text", "4,000 characters"),
        ({"text": "Hello {custmer}"}, "text", "no fact {custmer}"),
        ({"name": "ONCE"}, "name", "already"),
    ],
)
def test_what_cannot_be_kept(company: Cast, fields: dict[str, str], field: str, says: str) -> None:
    kept(company, name="Once")
    with pytest.raises(Refused, match=says) as refused:
        kept(company, **fields)
    assert (refused.value.field, refused.value.rule) == (field, "W3")


def test_postgresql_holds_a_name_once(company: Cast) -> None:
    kept(company, shared=True, by=company.sue)
    with pytest.raises(IntegrityError, match="quick_text_once_a_name"), transaction.atomic():
        QuickText.objects.create(name="VOICEMAIL", text="x")


def test_the_form_keeps_what_was_typed_and_says_why(company: Cast) -> None:
    refused = send(company.frank, "/quick-texts/new/", 422, name="Hello", text="{nobody} here")
    assert "no fact {nobody}" in refused
    assert "{nobody} here" in refused
    send(company.frank, "/quick-texts/new/", name="Hello", text="Hello {customer}")
    made = QuickText.objects.get()
    send(company.frank, f"/quick-texts/{made.pk}/edit/", name="Hello", text="Good day")
    send(company.frank, f"/quick-texts/{made.pk}/deletion/new/")
    assert not QuickText.objects.exists()
