"""Two people who edit the same field: the second sees what the first made of it (K2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from heliodesk.cases.models import Case
from heliodesk.cases.rules.case_fields import LABELS, as_sent, displayed, shortened, standing
from heliodesk.core.refusal import Refused
from heliodesk.feed import kinds
from heliodesk.feed.models import FeedItem

#: Fields that hold together: what one of them may be follows from the other.
PAIRS = (("request_type", "request_subtype"), ("installer", "installer_contact"))


def require_as_seen(case: Case, wanted: Mapping[str, Any], seen: Mapping[str, Any]) -> None:
    """Refuse a field that somebody else changed since it was seen, saying to what (K2).

    `about` then holds `now`, what stands in each such field in the form of `as_sent`, and
    `changed`, a `Collision` for each.
    """
    stale = [
        name
        for name in with_partners(wanted)
        if name in seen
        and standing(case, name) != as_sent(seen[name])
        and (name not in wanted or standing(case, name) != as_sent(wanted[name]))
    ]
    if not stale:
        return
    changed = [collision(case, name, seen[name], wanted) for name in stale]
    said = [
        f"{one.who} changed {one.label} to “{shortened(one.theirs)}” since you opened this form."
        for one in changed
    ]
    raise Refused(
        "changed_meanwhile",
        " ".join(said) + " Save again to put yours in its place, or cancel to leave it.",
        rule="K2",
        field=stale[0],
        about={"now": {name: standing(case, name) for name in stale}, "changed": changed},
    )


def with_partners(wanted: Mapping[str, Any]) -> list[str]:
    """The fields with those that they hold together with: a subtype chosen for one type is of no
    use where somebody else has changed the type."""
    names = list(wanted)
    for pair in PAIRS:
        if set(pair) & set(wanted):
            names += [name for name in pair if name not in names]
    return names


@dataclass(frozen=True, slots=True)
class Collision:
    """A field that two people changed, as people read it: `who` made `theirs` of what `was`
    there, `at` that time, while somebody else made it `mine`."""

    field: str
    label: str
    who: str
    at: datetime | None
    was: str
    theirs: str
    mine: str


def collision(case: Case, name: str, seen: Any, wanted: Mapping[str, Any]) -> Collision:
    """What there is to choose from, where `seen` is no longer what stands in the field."""
    who, at = who_changed(case, name)
    was = displayed(with_value(name, as_sent(seen)), name)
    mine = displayed(with_value(name, as_sent(wanted[name])), name) if name in wanted else was
    return Collision(name, LABELS[name], who, at, was, displayed(case, name), mine)


def with_value(name: str, value: str) -> Case:
    """A case that has nothing but the value, in the form of `as_sent`, in this field."""
    field: Any = Case._meta.get_field(name)
    try:
        return Case(**{field.attname: field.to_python(value) if value else None})
    except ValidationError:  # no form of the desk sends such a value
        return Case(**{field.attname: None})


def who_changed(case: Case, name: str) -> tuple[str, datetime | None]:
    """Who last changed the field, and when, as the time line tells."""
    changes = FeedItem.objects.filter(case=case, kind=kinds.FIELDS.code)
    latest = changes.filter(data__fields__has_key=LABELS[name]).order_by("-at", "-id")
    found = latest.values_list("author__name", "at").first()
    return found or ("Somebody", None)
