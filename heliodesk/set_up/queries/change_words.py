"""The record of changes in words (K4): what happened to what, and what stands where now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from heliodesk.feed import kinds
from heliodesk.worklists.queries.names import names

#: What entries are about, as they name it, and in words.
THINGS = {
    "account": "Account", "bulk_action": "Bulk action", "case": "Case",
    "casesource": "Case source", "closedreason": "Closed Reason", "contact": "Contact",
    "contract": "Contract", "department": "Department", "desk": "Desk",
    "desksettings": "Desk settings", "engine_settings": "Engine settings", "export": "Export",
    "jira": "Jira settings", "job": "Job", "list_view": "List view", "user": "Person",
    "queue": "Queue", "quick_text": "Quick text", "referralreason": "Referral reason",
    "referralsubtype": "Referral subtype", "requestsubtype": "Request subtype",
    "requesttype": "Request type", "retention": "Retention of personal data",
    "identityprovider": "Sign-in provider", "topic": "Topic", "webhook": "Webhook",
}  # fmt: skip
#: The names that the process keeps, by what an entry is about.
KEPT = {
    "user": "person", "queue": "queue", "department": "department", "requesttype": "type",
    "requestsubtype": "subtype", "casesource": "source", "closedreason": "closed reason",
    "referralreason": "reason", "referralsubtype": "referral subtype", "topic": "topic",
}  # fmt: skip
#: The same by the field that holds an ID.
FIELDS = {
    "user": "person", "escalation_contact": "person", "account_manager": "person",
    "sales_manager": "person", "suggested_department": "department", "department": "department",
    "suggested_reason": "reason", "reason": "reason", "request_type": "type", "queue": "queue",
    "topic": "topic",
}  # fmt: skip
#: What says nothing to people, being keys of rows.
UNSAID = {"item", "whole", "draft", "password"}
LONGEST = 200  # characters of a value


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that an entry says: `old` is empty where there was nothing, and where a thing is
    only told."""

    label: str
    new: str
    old: str = ""


def kinds_known() -> list[str]:
    """Kinds of changes to propose while one types."""
    of_cases = (one.code for one in vars(kinds).values() if isinstance(one, kinds.Kind))
    set_up = ("set_up_added", "set_up_changed", "set_up_moved", "set_up_retired",
              "set_up_offered_again", "set_up_deleted", "deactivated", "exported", "backup_taken",
              "restored", "exported_everything")  # fmt: skip
    return [in_words(one) for one in sorted({*of_cases, *set_up})]


def in_words(kind: str) -> str:
    """A kind of change as people read it."""
    words = kind.replace("set_up", "set-up").replace("_", " ")
    return words[:1].upper() + words[1:]


def thing(kind: str, pk: int | None, number: int | None) -> tuple[str, str]:
    """What an entry is about, in words, and its address where it has one."""
    if kind == "case" and number:
        return f"Case {number:08d}", f"/cases/{number:08d}/"
    words = THINGS.get(kind, in_words(kind))
    if pk is None:
        return words, ""
    name = names(KEPT[kind]).get(pk, f"{pk}") if kind in KEPT else f"{pk}"
    address = {"account": f"/accounts/{pk}/", "contact": f"/contacts/{pk}/"}.get(kind, "")
    return f"{words} {name}", address


def told(changes: Mapping[str, Any]) -> list[Said]:
    """What an entry says, one by one."""
    return list(_told(changes))


def _told(changes: Mapping[str, Any]) -> Iterator[Said]:
    if "old" in changes and "new" in changes:
        changes = {"": [changes["old"], changes["new"]]} | dict(changes)
    for name, value in changes.items():
        if name in UNSAID or (name in ("old", "new") and "" in changes):
            continue
        if isinstance(value, Mapping):
            yield from _told(value)
        elif isinstance(value, list) and len(value) == 2:
            yield Said(_label(name), _value(name, value[1]) or "nothing", _value(name, value[0]))
        elif value not in (None, "", []):
            yield Said(_label(name), _value(name, value))


def _label(name: str) -> str:
    label = name.removesuffix("_id").replace("_", " ")
    return label[:1].upper() + label[1:]


def _value(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(name, one) for one in value)
    if isinstance(value, int) and (kept := FIELDS.get(name.removesuffix("_id"))):
        return names(kept).get(value, str(value))
    words = str(value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]} …"
