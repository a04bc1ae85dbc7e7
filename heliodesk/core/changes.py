"""What an edit changes, when two people edit one record (K2), and how it is recorded (K4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from heliodesk.core import audit
from heliodesk.core.audit import By
from heliodesk.core.refusal import Refused


def as_seen(value: Any) -> str:
    """A field's value as a form carries it along to say what was seen (K2)."""
    if value is None or value is False:
        return ""
    if value is True:
        return "on"
    return str(value.pk) if isinstance(value, models.Model) else str(value)


def seen(thing: models.Model, names: Iterable[str]) -> dict[str, str]:
    """What those fields are now, to be sent along with an edit form."""
    return {name: as_seen(_value(thing, name)) for name in names}


def settle(
    thing: models.Model, values: Mapping[str, Any], seen: Mapping[str, str] | None
) -> dict[str, tuple[Any, Any]]:
    """Put `values` on `thing` and give what really changes: field to (old, new).

    `seen` is what the fields were when the form was made. A field that the person left as it was
    seen is not touched, so changes to different fields both stand; where both changed the same
    one to something different, it is refused, and `about` has the newer values (K2).
    """
    changes: dict[str, tuple[Any, Any]] = {}
    newer: dict[str, str] = {}
    for name, new in values.items():
        old = _value(thing, name)
        same = new == old or as_seen(new) == as_seen(old)
        if same or (seen and as_seen(new) == seen.get(name)):
            continue
        if seen and name in seen and as_seen(old) != seen[name]:
            newer[name] = as_seen(old)
        changes[name] = (old, new)
    if newer:
        raise stale(thing, newer)
    for name, (_, new) in changes.items():
        setattr(thing, name, new)
    return changes


def stale(thing: models.Model, newer: Mapping[str, str]) -> Refused:
    """Somebody else changed the same fields meanwhile."""
    said = ", ".join(f"{_label(thing, name)} to “{_shown(thing, name)}”" for name in newer)
    return Refused(
        "stale",
        f"Meanwhile somebody else changed {said}. Save again to put yours in its place.",
        rule="K2",
        about={"seen": dict(newer)},
    )


def note(thing: models.Model, kind: str, changes: Mapping[str, tuple[Any, Any]], *, by: By) -> None:
    """Record a change with its old and new values (K4)."""
    audit.note(
        kind,
        thing._meta.model_name or "",
        thing.pk,
        changes={name: [plain(old), plain(new)] for name, (old, new) in changes.items()},
        by=by,
    )


def note_made(thing: models.Model, kind: str, names: Iterable[str], *, by: By) -> None:
    """Record a new record with what it says (K4)."""
    values = {name: plain(_value(thing, name)) for name in names}
    audit.note(
        kind,
        thing._meta.model_name or "",
        thing.pk,
        changes={name: [None, value] for name, value in values.items() if value not in ("", None)},
        by=by,
    )


def plain(value: Any) -> Any:
    """A value as the record of changes keeps it: a row by its ID."""
    if isinstance(value, models.Model):
        return value.pk
    return str(value) if isinstance(value, (date, Decimal)) else value


def _value(thing: models.Model, name: str) -> Any:
    """The field's value; a row only by its ID, which needs no statement."""
    field = thing._meta.get_field(name)
    return getattr(thing, field.attname if isinstance(field, models.ForeignKey) else name)


def _label(thing: models.Model, name: str) -> str:
    return str(getattr(thing._meta.get_field(name), "verbose_name", name))


def _shown(thing: models.Model, name: str) -> str:
    display = getattr(thing, f"get_{name}_display", None)
    return str(display() if display else getattr(thing, name) or "nothing")
