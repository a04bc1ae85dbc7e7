"""What may be meant by a few letters in *Add filter*: a whole condition, or a field (V3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import choices
from heliodesk.list_views.filters import Condition
from heliodesk.list_views.filters.operators import EMPTY, operators
from heliodesk.list_views.views.address import ListAddress
from heliodesk.list_views.views.called import called, nothing
from heliodesk.list_views.views.chips import put
from heliodesk.list_views.views.words import NAMED, PROGRESS, words_of
from heliodesk.people.access import Actor

MOST = 12
LENGTH = re.compile(r"(\d{1,3})\s*(h|d|w|m)[a-z]*\b")
#: Proposed for a length of time, the likeliest first.
TIMES = (
    ("created_at", "older"), ("created_at", "last"), ("last_modified_at", "older"),
    ("last_modified_at", "last"), ("reviewed_at", "older"), ("closed_at", "last"),
)  # fmt: skip
#: The dates that `yesterday` or `last week` may be meant of.
DATES = ("created_at", "closed_at", "last_modified_at", "reviewed_at", "follow_up_at")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A condition, with the address of the list that has it, or a field, with that of its form."""

    url: str
    label: str
    hint: str


def suggestions(typed: str, at: ListAddress, *, by: Actor) -> list[Suggestion]:
    """What fits best, first; every field where nothing was typed."""
    words = typed.lower().split()
    if not words:
        return [_field(field, at) for field in FIELDS.values()]
    conditions = [*_lengths(typed.lower()), *_days(words), *_choices(words), *_empty(words)]
    fields = [field for field in FIELDS.values() if _fits(words, called(field))]
    ranked = [
        (_rank(words, str(words_of(one)), field=False), at_, _condition(one, at))
        for at_, one in enumerate(conditions)
    ]
    ranked += [
        (_rank(words, field.label, field=True), at_, _field(field, at))
        for at_, field in enumerate(fields)
    ]
    ranked.sort(key=lambda one: one[:2])
    return [one for _, _, one in ranked[:MOST]]


def _field(field: Field, at: ListAddress) -> Suggestion:
    return Suggestion(at.form(field=field.name), f"{field.label} …", field.section)


def _condition(made: Condition, at: ListAddress) -> Suggestion:
    return Suggestion(at.of(put(at.filter, "all", made)), str(words_of(made)), "")


def _lengths(typed: str) -> Iterator[Condition]:
    """`7 days` may be meant of each date, as long ago or as lately."""
    found = LENGTH.search(typed)
    if found is None or found[1].startswith("0"):
        return
    value = f"{found[1]}{found[2]}"
    rest = [word for word in (typed[: found.start()] + typed[found.end() :]).split() if word]
    for name, operator in TIMES:
        made = Condition(name, operator, (value,))
        said = str(words_of(made)) + (" older" if operator == "older" else "")
        if _fits(rest, said):
            yield made


def _days(words: list[str]) -> Iterator[Condition]:
    """`closed yesterday`, `last week`: once it is clear which days are meant."""
    for value, said in NAMED.items():
        meant = said.split()
        if not all(any(len(w) > 2 and one.startswith(w) for w in words) for one in meant):
            continue
        rest = [word for word in words if not any(one.startswith(word) for one in meant)]
        for name in DATES:
            if _fits(rest, called(FIELDS[name])):
                yield Condition(name, "is", (value,))


def _empty(words: list[str]) -> Iterator[Condition]:
    """`unassigned`, `no contract`: fields that hold nothing."""
    for field in FIELDS.values():
        if field.may_be_empty and _fits(words, nothing(field)) and not _fits(words, called(field)):
            yield Condition(field.name, EMPTY, ("yes",))


def _choices(words: list[str]) -> Iterator[Condition]:
    """Values of choices that are no database's: `high` is `Priority is High`."""
    for field in FIELDS.values():
        if field.kind == Kind.FLAG and _fits(words, f"{field.label} yes"):
            yield Condition(field.name, "is", ("yes",))
        if field.lookup or field.kind not in {Kind.CHOICE, Kind.PERSON}:
            continue
        operator = next(iter(operators(field)))
        for one in choices(field):
            label = one.label.removeprefix(PROGRESS)
            if _fits(words, f"{called(field)} {label}") and not _fits(words, called(field)):
                yield Condition(field.name, operator, (one.value,))


def _fits(words: list[str], text: str) -> bool:
    """Whether each word begins a word of the text."""
    known = re.findall(r"\w+", text.lower())
    return all(any(one.startswith(word) for one in known) for word in words)


def _rank(words: list[str], text: str, *, field: bool) -> int:
    """Fields by their name come first, then conditions whose value begins so."""
    text = text.lower()
    if field:
        return 0 if text.startswith(words[0]) else 2
    return 1 if text.rpartition(" is ")[2].startswith(words[0]) else 2
