"""The queues, kept by administrators (Q2, Q3, Q5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.core import changes
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue
from heliodesk.people.rules.choices import keep_choice, locked, retire_choice
from heliodesk.people.rules.leaving import refuse_if_queue_owns
from heliodesk.people.rules.slugs import slug_for

CASE_TYPES = dict(Queue._meta.get_field("case_type").flatchoices)


@rule("Q3", "K4", "K7")
def add_queue(*, values: Mapping[str, Any], by: Actor) -> Queue:
    """A new queue, the last in their order. `values` are its name, its description, and as
    `case_type` the type whose cases are offered it first, or "". Refuses for anybody but
    administrators, an unknown type, and a name that is missing or another's."""
    queue = locked(Queue(), by=by)
    values = _cleaned(values)
    _require_known_type(values)
    _take_first_place(queue, values, by=by)
    queue.slug = slug_for(Queue, str(values.get("name", "")))
    return keep_choice(queue, values, by=by)


@rule("Q3", "K2", "K4", "K7")
def change_queue(
    queue: Queue, *, values: Mapping[str, Any], seen: Mapping[str, str] | None = None, by: Actor
) -> Queue:
    """Change its name, description or type of cases; its address stays as it was.

    `seen` is what they were when the form was made (K2). A queue that was offered first for the
    type gives its place up. Refuses to leave a type without one.
    """
    queue = locked(queue, by=by)
    values = _cleaned(values)
    _require_known_type(values)
    typed = values.get("case_type", queue.case_type)
    if queue.case_type and typed != queue.case_type and typed != (seen or {}).get("case_type"):
        raise _default_of_type(queue, "case_type")
    _take_first_place(queue, values, by=by)
    return keep_choice(queue, {"name": queue.name} | values, seen, by=by)


@rule("Q5", "K4", "K7")
def retire_queue(queue: Queue, *, by: Actor) -> Queue:
    """Offer it no more as an owner; its members, and what it had, stay on record. Retired already,
    nothing happens. Refuses while it owns open cases, and the queue that a type is offered first.
    """
    queue = locked(queue, by=by)
    if queue.is_active:
        refuse_if_queue_owns(queue)
        if queue.case_type:
            raise _default_of_type(queue, None)
    return retire_choice(queue, by=by)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = dict(values)
    if "description" in cleaned:
        cleaned["description"] = trimmed(str(cleaned["description"]))
    return cleaned


def _require_known_type(values: Mapping[str, Any]) -> None:
    if values.get("case_type") and values["case_type"] not in CASE_TYPES:
        raise _refused("case_type_unknown", "Choose one of the types, or none.")


def _take_first_place(queue: Queue, values: Mapping[str, Any], *, by: Actor) -> None:
    """Have the queue that is offered first for the wanted type give its place up. Refuses a type
    for a retired queue."""
    wanted = values.get("case_type", "")
    if not wanted or wanted == queue.case_type:
        return
    if not queue.is_active:
        raise _refused("queue_retired", f"“{queue.name}” is retired. Offer it again first.")
    first = Queue.objects.select_for_update().filter(case_type=wanted).exclude(pk=queue.pk).first()
    if first is not None:
        first.case_type = ""
        first.save(update_fields=["case_type"])
        changes.note(first, "set_up_changed", {"case_type": (wanted, "")}, by=by)


def _default_of_type(queue: Queue, field: str | None) -> Refused:
    return Refused(
        "first_for_type",
        f"Cases of {CASE_TYPES[queue.case_type]} are offered “{queue.name}” first. Choose that "
        "type on another queue first: it takes the place.",
        rule="Q2",
        field=field,
    )


def _refused(code: str, message: str) -> Refused:
    return Refused(code, message, rule="Q2", field="case_type")
