"""The departments, their topics and their follow-up contacts, kept by administrators (A1, F1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.core import audit
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import Department, FollowUpContact, Topic, User
from heliodesk.people.rules.choices import keep_choice, locked, retire_choice
from heliodesk.people.rules.leaving import refuse_if_department_is_asked
from heliodesk.people.rules.slugs import slug_for


@rule("A1", "K4", "K7")
def add_department(*, values: Mapping[str, Any], by: Actor) -> Department:
    """A new department, the last in their order. `values` are its name, its description, and the
    marks `wants_managers` (A1), `voids_case` (A6) and `follow_up_all` (F1)."""
    department = locked(Department(), by=by)
    department.slug = slug_for(Department, str(values.get("name", "")))
    return keep_choice(department, _cleaned(values), by=by)


@rule("A1", "K2", "K4", "K7")
def change_department(
    department: Department,
    *,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> Department:
    """Change the given fields; its address stays. `seen` is what they were when the form was made
    (K2)."""
    department = locked(department, by=by)
    return keep_choice(department, {"name": department.name} | _cleaned(values), seen, by=by)


@rule("A4", "K4", "K7")
def retire_department(department: Department, *, by: Actor) -> Department:
    """Offer it no more for assignments; what it did stays. Retired already, nothing happens.
    Refuses while assignments stand with it."""
    department = locked(department, by=by)
    if department.is_active:
        refuse_if_department_is_asked(department)
    return retire_choice(department, by=by)


@rule("F1", "K4", "K7")
def add_topic(department: Department, *, name: str, by: Actor) -> Topic:
    """A new topic, the last of the department's."""
    return keep_choice(locked(Topic(department=department), by=by), {"name": name}, by=by)


@rule("F1", "K2", "K4", "K7")
def change_topic(
    topic: Topic, *, name: str, seen: Mapping[str, str] | None = None, by: Actor
) -> Topic:
    """Rename a topic."""
    return keep_choice(locked(topic, by=by), {"name": name}, seen, by=by)


@rule("F1", "K4", "K7")
def add_contact(
    department: Department, user: User, *, topic: Topic | None = None, by: Actor
) -> FollowUpContact:
    """Have follow-ups of the department, or of one of its topics, tag this person, after those who
    stand there already. Refuses somebody who is deactivated or stands there, and another's topic.
    """
    require_administrator(by=by, to="change the follow-up contacts")
    department = Department.objects.select_for_update().get(pk=department.pk)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise _refused(
            "person", "deactivated", f"{user.name} is deactivated. Choose somebody else."
        )
    if topic is not None and topic.department_id != department.pk:
        raise _refused("topic", "topic_of_another", "Choose a topic of this department.")
    beside = FollowUpContact.objects.filter(department=department, topic=topic)
    if beside.filter(user=user).exists():
        raise _refused("person", "contact_already", f"{user.name} stands there already.")
    last = beside.order_by("position").values_list("position", flat=True).last()
    contact = FollowUpContact.objects.create(
        department=department, topic=topic, user=user, position=0 if last is None else last + 1
    )
    _note("contact_added", contact, by=by)
    return contact


@rule("F1", "K4", "K7")
def remove_contact(contact: FollowUpContact, *, by: Actor) -> None:
    """Have follow-ups tag this person no more. Refuses for anybody but administrators."""
    require_administrator(by=by, to="change the follow-up contacts")
    _note("contact_removed", contact, by=by)
    contact.delete()


@rule("F1", "K4", "K7")
def put_contact_first(contact: FollowUpContact, *, by: Actor) -> None:
    """Put the person before the others of the same topic: where only the first who is active is
    tagged, it is them. Refuses for anybody but administrators, and where they are gone."""
    require_administrator(by=by, to="change the follow-up contacts")
    Department.objects.select_for_update().get(pk=contact.department_id)
    beside = FollowUpContact.objects.filter(department=contact.department, topic=contact.topic)
    others = [one for one in beside.order_by("position", "id") if one.pk != contact.pk]
    if len(others) == beside.count():
        raise NotFound("contact_gone", "Somebody has taken them out meanwhile.", rule="F1")
    for position, one in enumerate([contact, *others]):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    _note("contact_put_first", contact, by=by)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    cleaned = dict(values)
    if "description" in cleaned:
        cleaned["description"] = trimmed(str(cleaned["description"]))
    return cleaned


def _note(kind: str, contact: FollowUpContact, *, by: Actor) -> None:
    topic = contact.topic.name if contact.topic else ""
    told = {"contact": contact.user.name} | ({"topic": topic} if topic else {})
    audit.note(kind, "department", contact.department_id, changes=told, by=by)


def _refused(field: str, code: str, message: str) -> Refused:
    return Refused(code, message, rule="F1", field=field)
