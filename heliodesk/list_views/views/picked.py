"""Values of a field that are too many for a list, such as people and accounts: found by a part of
the name, while one types or when the form is sent (V3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from heliodesk.core.addresses import address
from heliodesk.core.picking import SHOWN, Choice, offered, one_line
from heliodesk.core.refusal import Refused
from heliodesk.list_views.fields import FIELDS, Field, Kind
from heliodesk.list_views.fields.choices import ME, choices
from heliodesk.list_views.filters.operators import EMPTY
from heliodesk.list_views.forms.condition import refuse_nothing_chosen
from heliodesk.list_views.queries.proposals import SHORTEST, names_of, proposals
from heliodesk.people.access import Actor
from heliodesk.people.queries.picking import Likely, People, colleagues_first
from heliodesk.web.requests import DeskRequest
from heliodesk.worklists.queries.names import names

SUPPORT = Likely("u.role <> ''")  # who own cases, as most of these fields name them


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be ticked."""

    value: str
    label: str
    hint: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """The accounts or contacts that a field may have, as a source of `core/picking.py`."""

    field: Field
    by: Actor

    @property
    def address(self) -> str:
        """Where the same is found while one types."""
        return self.field.lookup

    @property
    def nothing(self) -> str:
        """What is said of a name that nobody has."""
        return "No name has “{}”. Type another part."

    def find(self, typed: str) -> list[Choice]:
        """Those whose name has what was typed."""
        found = proposals(self.field.name, typed, by=self.by)
        return [Choice(one.value, one.label, one.hint) for one in found]

    def get(self, value: str) -> Choice | None:
        """The one with this key, or None."""
        name = names_of({self.field.name: {value}}, by=self.by).get((self.field.name, value))
        return Choice(value, name) if name else None


def source_of(field: Field, *, by: Actor) -> People | Directory | None:
    """Where the field's values are found by a part of the name; None where all are listed. Those
    who have left are found too: their cases are there."""
    if field.kind == Kind.PERSON:
        likely = (colleagues_first(by.queue_ids), SUPPORT) if by.queue_ids else (SUPPORT,)
        return People(address("list_values", field.name), likely, with_deactivated=True)
    return Directory(field, by) if field.lookup else None


@require_safe
def values(request: DeskRequest, field: str) -> JsonResponse:
    """Those whose name has what was typed; nothing for a field of which all are listed."""
    known = FIELDS.get(field)
    source = source_of(known, by=request.actor) if known else None
    typed = request.GET.get("q", "")
    if source is None:
        return JsonResponse({"items": []})
    if isinstance(source, Directory) and len(one_line(typed)) < SHORTEST:
        return JsonResponse({"items": [], "note": f"Type {SHORTEST} letters of the name."})
    return JsonResponse(offered(source, typed))


def resolved(asked: QueryDict, field: Field, *, by: Actor) -> Any:
    """What was sent, with the only one of the name that was typed ticked too. What was typed when
    those whom it fits were offered is done with, once one of them is ticked.

    Refuses a name that nobody or several have, and where nothing is typed or ticked.
    """
    source = source_of(field, by=by)
    if source is None or asked.get("op") == EMPTY:
        return asked
    typed, ticked = one_line(asked.get("name", "")), asked.getlist("value")
    if not typed and not ticked:
        raise refuse_nothing_chosen(field)
    if not typed or (ticked and typed == asked.get("found", "")):
        return asked
    sent = asked.copy()
    sent.setlist("value", list(dict.fromkeys([*ticked, _only(source, typed)])))
    return sent


def options(
    asked: QueryDict, field: Field, ticked: tuple[str, ...], *, by: Actor
) -> list[Option]:  # fmt: skip
    """What the form offers to tick: all values where they are few, else those that are ticked and
    those that fit what was typed."""
    source = source_of(field, by=by)
    if source is None:
        return [Option(one.value, one.label, "", one.value in ticked) for one in choices(field)]
    typed = one_line(asked.get("name", ""))
    more = [one for one in source.find(typed)[:SHOWN] if one.value not in ticked] if typed else []
    found = [Option(value, label, "", True) for value, label in _named(field, ticked, by=by)]
    if field.kind == Kind.PERSON and ME not in ticked:
        found.insert(0, Option(ME, "Me", "", False))
    return found + [Option(one.value, one.label, one.hint, False) for one in more]


def _named(field: Field, keys: tuple[str, ...], *, by: Actor) -> list[tuple[str, str]]:
    """The keys with their names; no statement for people, whose names are known."""
    if field.kind == Kind.PERSON:
        people: dict[Any, str] = names("person")
        known = {ME: "Me"} | {str(key): name for key, name in people.items()}
    else:
        found = names_of({field.name: set(keys)}, by=by)
        known = {key: name for (_, key), name in found.items()}
    return [(key, known.get(key, key)) for key in keys]


def _only(source: People | Directory, typed: str) -> str:
    """The key of the only one whom the name fits; refuses another name."""
    found = source.find(typed)
    same = [one for one in found if one.label.casefold() == typed.casefold()] or found
    if len(same) == 1:
        return same[0].value
    words = "Tick those that you mean." if same else source.nothing.format(typed)
    raise Refused("value_unclear", words, rule="V3", field="name")
