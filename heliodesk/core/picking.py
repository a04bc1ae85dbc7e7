"""Choosing one of many by typing a part of the name: what may be chosen, and the field of a form.

Three inputs go together: `<name>_typed` is the text, `<name>` the key of what was chosen, and
`<name>_meant` the text that this key stands for. Is the text another than that, it counts, and the
key does not: so it works without JavaScript, and no old key is taken for a new name. A key that is
sent alone is taken as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from django import forms
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict

from heliodesk.core.numbers import whole

TYPED, MEANT = "_typed", "_meant"
SHOWN = 20  # that are offered at once
LONGEST = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Choice:
    """One who may be chosen; `refused` says why not. `thing` is the row, where it was read."""

    value: str
    label: str
    hint: str = ""
    refused: str = ""
    thing: Any = None


class Source(Protocol):
    """Among whom one chooses. `find` reads by one statement, likely ones first, and at most one
    more than `SHOWN`; `get` gives the one with this key, its `thing` too."""

    @property
    def address(self) -> str:
        """Where the same is found while one types."""

    @property
    def nothing(self) -> str:
        """What is said of a name that nobody has, such as "Nobody is called “{}”."."""

    def find(self, typed: str) -> list[Choice]:
        """Those whose name has every word of what was typed."""

    def get(self, value: str) -> Choice | None:
        """The one with this key, or None."""


def offered(source: Source, typed: str) -> dict[str, Any]:
    """What the address of a source answers: `items` of value, label, hint and refused, and a
    `note` on why there are none, or not all."""
    typed = one_line(typed)
    if len(typed) > LONGEST:
        return {"items": [], "note": TOO_LONG}
    found = source.find(typed)
    items = [
        {"value": one.value, "label": one.label, "hint": one.hint, "refused": one.refused}
        for one in found[:SHOWN]
    ]
    note = MORE if len(found) > SHOWN else "" if found else source.nothing.format(typed)
    return {"items": items, "note": note}


MORE = "There are more. Type more of the name."
TOO_LONG = f"A name has at most {LONGEST} characters. Type a part of it."


@dataclass(slots=True)
class Sent:
    """What the three inputs hold; `typed` is None where only the key was sent."""

    value: str = ""
    typed: str | None = None
    meant: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether the key is that of what stands in the field."""
        return bool(self.value) and self.typed in (None, self.meant)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a template shows of the field."""

    typed: str
    meant: str
    value: str
    address: str
    matches: list[Choice] = field(default_factory=list)


class PickInput(forms.TextInput):
    """The three inputs as one value; the macro `pick` writes them."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Sent:
        """What was sent."""
        return sent(data, name) or Sent()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether neither a key nor a text was sent."""
        return name not in data and name + TYPED not in data


def sent(data: Mapping[str, Any], name: str) -> Sent | None:
    """What a form's data, or a draft of it, says of the field; None where nothing."""
    if name not in data and name + TYPED not in data:
        return None
    typed = data.get(name + TYPED)
    return Sent(
        # Of a draft it may be a list: what stood there last counts, as in what is sent.
        value=_last(data, name).strip(),
        typed=None if typed is None else one_line(typed),
        meant=one_line(data.get(name + MEANT) or ""),
    )


def one_line(text: object) -> str:
    """A name as it is compared: its words, with one space between."""
    return " ".join(str(text).replace("\x00", " ").split())


def _last(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name)
    if isinstance(found, list) and not isinstance(data, MultiValueDict):
        found = found[-1] if found else ""
    return "" if found is None else str(found)


def sent_names(*names: str) -> list[str]:
    """The inputs of these fields, as a draft keeps them."""
    return [name + part for name in names for part in ("", TYPED, MEANT)]


def chosen_as(name: str, value: object, label: str) -> dict[str, Any]:
    """Initial values of a field of which both key and text are known: no statement is needed."""
    return {name: value, name + TYPED: label, name + MEANT: label}


class PickBound(BoundField):
    """The field in a form: what stands in it, and those to choose from when a name was unclear."""

    def value(self) -> str:
        """The key of what is chosen."""
        now = self._now()
        return now.value if now.is_chosen or now.typed is None else ""

    @property
    def shown(self) -> Shown:
        """What the template shows; reads the name of what is chosen where only its key is known."""
        of: PickField = self.field  # type: ignore[assignment]  # it is made by one
        now = self._now()
        source = of.source
        # Sent, it may have been chosen among those whom a part of a name fitted.
        if now.typed is None or (self.form.is_bound and now.is_chosen):
            known = source.get(now.value) if now.value else None
            label = known.label if known else now.typed or ""
            now = Sent(now.value if known else "", label, label)
        matches = of.matches[:SHOWN]
        value = now.value if now.is_chosen else ""
        meant = (now.typed or "") if matches else now.meant
        return Shown(now.typed or "", meant, value, source.address, matches)

    def _now(self) -> Sent:
        if self.form.is_bound:
            return sent(self.form.data, self.html_name) or Sent()
        kept = sent(self.form.initial, self.name)
        return kept if kept else Sent(value=str(self.initial or ""))


class PickField(forms.Field):
    """One of a `source`, which may be put in by the form. It gives the row, or with `keys` the key
    alone: then a key that was sent is the rule's to judge, and no statement is run for it.

    Refuses a name that nobody has or several have (these are offered), one that is too long, a key
    that stands for nobody, and one who may not be chosen, with the reason.
    """

    widget = PickInput
    source: Source
    default_error_messages = {
        "too_long": TOO_LONG,
        "gone": "What was chosen is not there any more. Type a name and choose again.",
        "several": "“%(typed)s” fits several. Choose one of them, or type more of the name.",
        "one": "Is it this one? Choose it, or type another name.",
    }

    def __init__(
        self,
        label: str | None = None,
        *,
        source: Source | None = None,
        keys: bool = False,
        empty: str = "",
        **more: Any,
    ) -> None:
        super().__init__(label=label, **more)
        if source is not None:
            self.source = source
        self.keys = keys
        self.empty = empty
        self.matches: list[Choice] = []

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        """With `shown`."""
        return PickBound(form, self, field_name)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether something else is chosen."""
        return str(initial or "") != data.value if data.is_chosen else bool(data.typed)

    def clean(self, value: Sent) -> Any:
        """The row or the key that was chosen, by its key or by its name; None for none."""
        self.matches = []
        if value.is_chosen or (value.typed is None and value.value):
            return self._by_key(value.value)
        if not value.typed:
            if self.required:
                raise self._refused("required")
            return None
        return self._by_name(value.typed)

    def _by_key(self, key: str) -> Any:
        if self.keys:
            return self._key(key)
        found = self.source.get(key)
        if found is None:
            raise self._refused("gone")
        if found.refused:
            raise forms.ValidationError(found.refused, code="refused")
        return found.thing

    def _by_name(self, typed: str) -> Any:
        if len(typed) > LONGEST:
            raise self._refused("too_long")
        found = self.source.find(typed)
        same = [one for one in found if one.label.casefold() == typed.casefold()]
        if len(same) == 1:
            return self._by_key_of(same[0])
        if not found:
            raise forms.ValidationError(self.source.nothing.format(typed), code="none")
        if len(found) == 1 and found[0].refused:
            raise forms.ValidationError(found[0].refused, code="refused")
        self.matches = found
        raise self._refused("one" if len(found) == 1 else "several", typed=typed)

    def _by_key_of(self, one: Choice) -> Any:
        if one.refused:
            raise forms.ValidationError(one.refused, code="refused")
        return self._key(one.value) if self.keys else self._by_key(one.value)

    def _key(self, key: str) -> Any:
        """The key as the form gives it on; a number, unless a kind of field says otherwise."""
        number = whole(key)
        if number is None:
            raise self._refused("gone")
        return number

    def _refused(self, code: str, **params: str) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=params)


def put_source(form: forms.BaseForm, name: str, source: Source) -> None:
    """Have the field of a form choose from that source."""
    cast("PickField", form.fields[name]).source = source
