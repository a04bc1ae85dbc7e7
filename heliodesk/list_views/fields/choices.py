"""The values of a choice: what they are called in an address, to people, and in the database."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.cases.models import CaseType, ContractGap, Priority, Status
from heliodesk.core.numbers import whole
from heliodesk.directory.models import ContractStatus
from heliodesk.list_views.fields import Field
from heliodesk.worklists.queries.names import key_of_slug, names, slug_of

ME = "me"

#: Value in an address, to the database's and the words.
Coded = dict[str, tuple[int | str, str]]
CODED: dict[str, Coded] = {
    "case_type": {one.value: (one.value, one.label) for one in CaseType},
    "status": {one.value: (one.value, one.label) for one in Status},
    "priority": {label.lower(): (value, label) for value, label in Priority.offered()},
    "contract_status": {one.value: (one.value, one.label) for one in ContractStatus},
    "contract_gap": {(one.value or "none"): (one.value, one.label) for one in ContractGap},
}
#: What nearly every case has. An index that has them all is no help to find these: they are found
#: as those that have none of the other values, for which no index is read.
USUAL: dict[str, int | str] = {
    "case_type": CaseType.HOMEOWNER.value,
    "status": Status.CLOSED.value,
    "priority": Priority.NORMAL.value,
    "contract_gap": "",
}
SLUGGED = {"queue", "department"}
NAMED = {"type": "type", "subtype": "subtype", "source": "source", "person": "person",
         "closed_reason": "closed reason"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """A value as the address says it, and its words."""

    value: str
    label: str


def choices(field: Field) -> list[Choice]:
    """All values of the field in the order in which they are offered; none where its `lookup`
    proposes them."""
    if field.of in CODED:
        return [Choice(value, words) for value, (_, words) in CODED[field.of].items()]
    if field.of in SLUGGED:
        return [Choice(slug_of(field.of, key), name) for key, name in names(field.of).items()]
    if field.of in NAMED:
        found = [Choice(str(key), name) for key, name in names(NAMED[field.of]).items()]
        found.sort(key=lambda choice: choice.label.casefold())
        return [Choice(ME, "Me"), *found] if field.of == "person" else found
    return []


def knows(field: Field, value: str) -> bool:
    """Whether there is such a value."""
    if field.of in CODED:
        return value in CODED[field.of]
    if field.of in SLUGGED:
        return key_of_slug(field.of, value) is not None
    if field.of == "person" and value == ME:
        return True
    key = whole(value)
    if key is None or str(key) != value:
        return False
    return field.of not in NAMED or key in names(NAMED[field.of], key)


def stored(field: Field, value: str, *, me: int | None) -> int | str:
    """The value as the database has it; `me` is the acting person's ID."""
    if field.of in CODED:
        return CODED[field.of][value][0]
    if field.of in SLUGGED:
        return key_of_slug(field.of, value) or 0
    return (me or 0) if value == ME else int(value)


def others(field: Field, key: int | str) -> list[int | str]:
    """All other values of the field, where nearly every case has this one; nothing elsewhere."""
    if USUAL.get(field.of) != key:
        return []
    return [value for value, _ in CODED[field.of].values() if value != key]


def words(field: Field, stored_value: int | str) -> str:
    """What the database's value is called."""
    if field.of in CODED:
        return next((said for key, said in CODED[field.of].values() if key == stored_value), "")
    kind = NAMED.get(field.of, field.of)
    key = int(stored_value)
    return names(kind, key).get(key, "")
