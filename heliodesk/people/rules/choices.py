"""Lists to choose from, kept by administrators: what is in use is retired, never deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, connection, transaction

from heliodesk.core import audit, changes
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import Choice
from heliodesk.people.rules.used_by import users_of

C = TypeVar("C", bound=Choice)


@rule("K4", "K7")
def place_choice(choice: C, *, beside: int, after: bool, by: Actor) -> C:
    """Put it right before the one with the ID `beside` of its list, or right after it.

    Refuses where `beside` is not of its list (any more).
    """
    choice = locked(choice, by=by)
    order = list(choice.siblings().select_for_update())
    others = [one for one in order if one.pk != choice.pk]
    place = next((at for at, one in enumerate(others) if one.pk == beside), None)
    if place is None:
        raise _refused(choice, "place_gone", "The list has changed meanwhile. Look at it anew.")
    before = [one.pk for one in order]
    others.insert(place + after, choice)
    for position, one in enumerate(others):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    if before != [one.pk for one in others]:
        where = "after" if after else "before"
        _note("set_up_moved", choice, {where: [None, _name_of(order, beside)]}, by=by)
    return choice


@rule("K4", "K7")
def retire_choice(choice: C, *, by: Actor) -> C:
    """Offer it no more; where it was chosen, it stays. Retired already, nothing happens.

    Refuses what the desk itself works with, and the last one without which nothing goes on.
    """
    choice = locked(choice, by=by)
    if not choice.is_active:
        return choice
    require_not_fixed(choice, "neither renamed nor retired")
    if choice.is_needed():
        raise _refused(
            choice,
            "last_choice",
            f"“{choice.name}” is the last {choice.noun} that is offered, and no case could do "
            "without. Add another first.",
        )
    return _offer(choice, False, "set_up_retired", by=by)


@rule("K4", "K7")
def offer_choice_again(choice: C, *, by: Actor) -> C:
    """Offer what was retired, at the end of its list. Offered already, nothing happens."""
    choice = locked(choice, by=by)
    if choice.is_active:
        return choice
    choice.position = _last(choice) + 1
    return _offer(choice, True, "set_up_offered_again", by=by)


@rule("K4", "K7")
def delete_choice(choice: Choice, *, by: Actor) -> None:
    """Delete what is retired and was never used; gone already, nothing happens.

    Refuses what is offered, what the desk works with, and what is in use: naming what uses it.
    """
    require_administrator(by=by, to=f"delete a {choice.noun}")
    found = type(choice)._default_manager.select_for_update().filter(pk=choice.pk).first()
    if found is None:
        return
    require_not_fixed(found, "not deleted")
    if found.is_active:
        raise _refused(found, "still_offered", f"“{found.name}” is offered. Retire it first.")
    was = {name: [value, None] for name, value in changes.seen(found, _kept(found)).items()}
    try:
        _delete(found)
    except IntegrityError as error:
        used = users_of(found)
        raise _refused(
            found,
            "in_use",
            f"“{found.name}” is in use: {used} have it. It stays retired: kept there, and not "
            "offered for new ones.",
        ) from error
    _note("set_up_deleted", choice, {name: value for name, value in was.items() if value[0]}, by=by)


def keep_choice(
    choice: C, values: Mapping[str, Any], seen: Mapping[str, str] | None = None, *, by: Actor
) -> C:
    """Add a new one with these values, or change one; for the rules of each kind, which have
    checked the rest of it and locked it.

    Refuses a name that is empty, too long or used already, and what somebody else changed (K2).
    """
    is_new = choice.pk is None
    values = dict(values) | {"name": " ".join(trimmed(str(values["name"])).split())}
    changed = changes.settle(choice, values, None if is_new else seen)
    if not (changed or is_new):
        return choice
    require_name(choice)
    if is_new:
        choice.position = _last(choice) + 1
    elif "name" in changed:
        require_not_fixed(choice, "neither renamed nor retired")
    _save(choice, None if is_new else list(changed))
    if is_new:
        changes.note_made(choice, "set_up_added", _kept(choice), by=by)
    else:
        changes.note(choice, "set_up_changed", changed, by=by)
    return choice


def locked(choice: C, *, by: Actor) -> C:
    """The choice as it is now, locked; a new one as it is. Refuses for anybody but
    administrators, and one that has been deleted."""
    require_administrator(by=by, to=f"change the {choice.noun}s")
    if choice.pk is None:
        return choice
    manager = type(choice)._default_manager
    found = manager.select_for_update(of=("self",)).filter(pk=choice.pk).first()
    if found is None:
        raise NotFound("choice_not_found", f"There is no such {choice.noun}.", rule="K7")
    return found


def require_not_fixed(choice: Choice, what: str) -> None:
    """Refuse where the desk itself works with it (A6, X7)."""
    if choice.is_fixed:
        raise _refused(
            choice, "choice_is_fixed", f"The desk works with “{choice.name}”: it is {what}."
        )


def require_name(choice: Choice) -> None:
    """Refuse a name that cannot be kept, or is another's, however it is spelt."""
    most = choice._meta.get_field("name").max_length or 0
    if not choice.name or len(choice.name) > most:
        raise _refused(
            choice, "name_unfit", f"Give it a name of at most {most} characters.", field="name"
        )
    same = choice.siblings().filter(name__iexact=choice.name).exclude(pk=choice.pk).first()
    if same is not None:
        raise name_taken(choice, retired=not same.is_active)


def name_taken(choice: Choice, *, retired: bool) -> Refused:
    """Another of the list has the name."""
    said_of, instead = (
        ("a retired", "Offer that one again, or choose another name.")
        if retired
        else ("already a", "Choose another name.")
    )
    there = f"There is {said_of} {choice.noun} “{choice.name}”"
    return _refused(choice, "name_taken", f"{there}. {instead}", field="name")


def _offer(choice: C, offered: bool, kind: str, *, by: Actor) -> C:
    choice.is_active = offered
    choice.save(update_fields=["is_active", "position"])
    _note(kind, choice, {"is_active": [not offered, offered]}, by=by)
    return choice


def _save(choice: Choice, names: list[str] | None) -> None:
    """Save it; refuses a name that somebody else has used a moment before."""
    try:
        with transaction.atomic():
            choice.save(update_fields=names)
    except IntegrityError as error:
        raise name_taken(choice, retired=False) from error


def _delete(choice: Choice) -> None:
    """Delete the row alone. PostgreSQL looks at once whether anything refers to it: asking first,
    somebody could begin to use it in between."""
    rows = type(choice)._default_manager.filter(pk=choice.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        rows._raw_delete(rows.db)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _last(choice: Choice) -> int:
    last = choice.siblings().order_by("position").values_list("position", flat=True).last()
    return -1 if last is None else last


def _name_of(order: list[Any], pk: int) -> str:
    return next(str(one.name) for one in order if one.pk == pk)


def _kept(choice: Choice) -> list[str]:
    """What the record says of a whole row."""
    return [one.name for one in choice._meta.concrete_fields if one.name not in {"id", "position"}]


def _note(kind: str, choice: Choice, changed: Mapping[str, Any], *, by: Actor) -> None:
    told = {"name": choice.name} | dict(changed)
    audit.note(kind, choice._meta.model_name or "", choice.pk, changes=told, by=by)


def _refused(choice: Choice, code: str, message: str, *, field: str | None = None) -> Refused:
    return Refused(code, message, rule=choice.procedure, field=field)
