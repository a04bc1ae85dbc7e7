"""One of many, chosen by a part of the name: what counts of what a form sends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from heliodesk.core.picking import (
    LONGEST,
    SHOWN,
    Choice,
    PickBound,
    PickField,
    chosen_as,
    offered,
    put_source,
)

PEOPLE = {"1": "Kim Lee", "2": "Kim Tran", "3": "Bo Lind", "4": "Ana Lind"}


@dataclass
class Four:
    """Four people, the last of whom has left."""

    address: str = "/options/"
    nothing: str = "Nobody is called “{}”."

    def find(self, typed: str) -> list[Choice]:
        return [
            one for key in PEOPLE if (one := self.get(key)) and typed.lower() in one.label.lower()
        ]

    def get(self, value: str) -> Choice | None:
        if value not in PEOPLE:
            return None
        refused = "Ana Lind is deactivated." if value == "4" else ""
        return Choice(value, PEOPLE[value], "hint", refused, PEOPLE[value])


class PickForm(forms.Form):
    who = PickField("Who", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        put_source(self, "who", Four())

    @property
    def bound(self) -> PickBound:
        found = self["who"]
        assert isinstance(found, PickBound)
        return found


def sent(key: str = "", typed: str | None = None, meant: str = "") -> PickForm:
    data = QueryDict(mutable=True)
    data["who"] = key
    if typed is not None:
        data.update({"who_typed": typed, "who_meant": meant})
    return PickForm(data)


@pytest.mark.parametrize(
    ("form", "chosen"),
    [
        (sent("3"), "Bo Lind"),
        (sent("3", "Bo Lind", "Bo Lind"), "Bo Lind"),
        (sent("1", "bo  LIND ", "Kim Lee"), "Bo Lind"),
        (sent("2", "kim", "kim"), "Kim Tran"),
        (sent("3", "", "Bo Lind"), None),
        (sent(), None),
    ],
    ids=["key alone", "chosen", "typed on", "of those shown", "emptied", "nothing"],
)
def test_the_text_counts_where_it_is_another_than_the_key_stands_for(
    form: PickForm, chosen: str | None
) -> None:
    assert form.is_valid(), form.errors
    assert form.cleaned_data["who"] == chosen


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (sent("3", "kim", "Bo Lind"), "“kim” fits several."),
        (sent("", "tran", ""), "Is it this one?"),
        (sent("", "nobody", ""), "Nobody is called “nobody”."),
        (sent("", "ana lind", ""), "Ana Lind is deactivated."),
        (sent("4"), "Ana Lind is deactivated."),
        (sent("99"), "not there any more"),
        (sent("1;--"), "not there any more"),
        (sent("", "x" * (LONGEST + 1), ""), "at most 200 characters"),
        (sent("3", "kim\x00", "Bo Lind"), "“kim” fits several."),
    ],
)
def test_anything_else_is_refused_with_a_word_why_and_the_text_stays(
    form: PickForm, said: str
) -> None:
    assert not form.is_valid()
    assert said in form.errors["who"][0]
    assert form.bound.shown.typed == form.data.get("who_typed", form.bound.shown.typed).strip("\0")


def test_those_whom_an_unclear_name_fits_are_shown_to_choose_from() -> None:
    form = sent("3", "kim", "Bo Lind")
    form.is_valid()
    shown = form.bound.shown
    assert [one.label for one in shown.matches] == ["Kim Lee", "Kim Tran"]
    assert (shown.typed, shown.meant, shown.value) == ("kim", "kim", "")


def test_one_is_asked_for_where_it_is_required() -> None:
    form = sent("", "", "")
    form.fields["who"].required = True
    assert not form.is_valid()
    assert form.errors["who"] == ["This field is required."]


def test_a_form_that_is_filled_in_says_the_name_of_its_key() -> None:
    assert PickForm(initial={"who": 3}).bound.shown.typed == "Bo Lind"
    assert PickForm(initial={"who": 99}).bound.shown.value == ""
    shown = PickForm(initial=chosen_as("who", 3, "Somebody")).bound.shown
    assert (shown.typed, shown.meant, shown.value) == ("Somebody", "Somebody", "3")
    draft = {"who": "3", "who_typed": "ki", "who_meant": "Bo Lind"}
    assert PickForm(initial=draft).bound.shown.typed == "ki"


def test_with_keys_the_rule_judges_the_key() -> None:
    field = PickField(source=Four(), keys=True)
    form = sent("99")
    form.fields["who"] = field
    assert form.is_valid()
    assert form.cleaned_data["who"] == 99
    form = sent("²")
    form.fields["who"] = field
    assert not form.is_valid()


def test_the_address_says_when_there_are_none_too_many_or_too_long_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert offered(Four(), "bo") == {
        "items": [{"value": "3", "label": "Bo Lind", "hint": "hint", "refused": ""}],
        "note": "",
    }
    assert offered(Four(), "zz")["note"] == "Nobody is called “zz”."
    assert "at most" in offered(Four(), "x" * (LONGEST + 1))["note"]
    monkeypatch.setattr(Four, "find", lambda *_: [Choice("1", "Kim")] * (SHOWN + 1))
    many = offered(Four(), "")
    assert len(many["items"]) == SHOWN
    assert many["note"] == "There are more. Type more of the name."
