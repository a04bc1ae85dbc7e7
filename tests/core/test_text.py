"""A text that nobody can see says nothing, whatever the way in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django import forms

from heliodesk.assignments.rules import texts
from heliodesk.cases.rules.interaction import checked_words
from heliodesk.cases.rules.opening import text
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.cases.rules.review import TEMPLATE, require_comments
from heliodesk.core.forms import DeskForm
from heliodesk.core.refusal import Refused
from heliodesk.core.text import is_blank, trimmed
from heliodesk.directory.rules.details import CONTACT, cleaned
from heliodesk.feed.rules.posts import written
from tests import cast
from tests.cast import Cast, actor

UNSEEN = "\u200b\u2060 \u3164\n\u00ad\ufe0f"


@pytest.mark.parametrize("nothing", ["", " \t\n", "\u200b", "\ufeff", "\u2800", "\u202e", UNSEEN])
def test_what_cannot_be_seen_is_blank(nothing: str) -> None:
    assert is_blank(nothing)
    assert trimmed(nothing) == ""


@pytest.mark.parametrize("seen", ["a", "\u200b.", "ñ", "❤️", "👩‍🚒", "שלום\u200f", "नमस्‍ते"])
def test_what_can_be_seen_stays_as_it_is(seen: str) -> None:
    assert trimmed(f" {seen}\n") == seen


@pytest.mark.parametrize(
    "rule",
    [
        written,
        require_comments,
        lambda typed: require_comments(TEMPLATE + typed),
        lambda typed: text(typed, "description", "Case Description", 100, "H4"),
        lambda typed: checked_words("phone", "", typed),
        lambda typed: cleaned(CONTACT, {"name": typed}),
        lambda typed: texts.required(typed, label="the reason", field="reason", rule="A4"),
    ],
)
def test_rules_refuse_it_as_they_refuse_nothing(rule: Callable[[str], object]) -> None:
    with pytest.raises(Refused) as nothing:
        rule("")
    with pytest.raises(Refused) as unseen:
        rule(UNSEEN)
    assert unseen.value.code == nothing.value.code
    assert unseen.value.message == nothing.value.message


@pytest.mark.django_db
def test_an_escalation_takes_a_reason_that_one_can_read(company: Cast) -> None:
    case, queue, by = cast.case(company), company.homeowner_queue, actor(company.frank)
    with pytest.raises(Refused) as refused:
        change_owner(case, to=queue, reason=UNSEEN, escalation=True, by=by)
    assert refused.value.field == "reason"


class Letter(DeskForm):
    """A form with a text that has to be there, and one that has not."""

    body = forms.CharField(strip=False)
    note = forms.CharField(required=False)


def test_a_form_takes_it_for_an_empty_field() -> None:
    form = Letter({"body": UNSEEN, "note": UNSEEN})
    assert not form.is_valid()
    assert form.errors == {"body": ["This field is required."]}
    assert form.cleaned_data["note"] == ""
