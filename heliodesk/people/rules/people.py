"""The people of the desk, kept by administrators (K1, K7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from heliodesk.core import audit, changes
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import Department, Queue, QueueMembership, Role, User
from heliodesk.people.rules.administrators import require_another_administrator
from heliodesk.people.rules.invitation_links import change_link, end_link
from heliodesk.people.rules.leaving import refuse_if_owning
from heliodesk.people.rules.membership import join

TEXTS = {"name": 120, "username": 150, "email": 254, "external_id": 40}
FIELDS = (*TEXTS, "role")


@rule("K1", "K4")
def add_person(
    *,
    values: Mapping[str, Any],
    password: str | None = None,
    queues: Sequence[Queue] = (),
    departments: Sequence[Department] = (),
    by: Actor,
) -> User:
    """A new person with a first password, which they change when they first sign in; without one
    they cannot sign in, as a service, which comes in by tokens alone. Gives them.

    `values` are their name, username, email, role and external_id. Refuses for anybody but an
    administrator, what they cannot be called, what somebody else is called, and a weak password.
    """
    require_administrator(by=by, to="add a person")
    user = User(**_cleaned({"name": "", "username": "", "email": "", "role": ""} | dict(values)))
    require_sound(user)
    if password is not None:
        require_strong(password, user)
    user.set_password(password)
    user.password_is_temporary = password is not None
    _save(user)
    audit.note("person_added", "user", user.pk, changes=_told(user, password), by=by)
    join(user, queues=queues, departments=departments, by=by)
    return user


@rule("K1", "K2", "K4", "K7")
def change_person(
    user: User, *, values: Mapping[str, Any], seen: Mapping[str, str] | None = None, by: Actor
) -> User:
    """Change name, user name, address, role or external ID; gives the person.

    `seen` is what the fields were when the form was made (K2). Refuses for anybody but an
    administrator; as `add_person` does; the last administrator another role; and to take somebody
    out of Support who owns open cases or works queues.
    """
    require_administrator(by=by, to="change a person")
    if values.get("role", Role.ADMINISTRATOR) != Role.ADMINISTRATOR:
        require_another_administrator(user, field="role")
    user = User.objects.select_for_update().get(pk=user.pk)
    before = Role(user.role)
    changed = changes.settle(user, _cleaned(values), seen)
    if not changed:
        return user
    require_sound(user)
    if "role" in changed and before != Role.NONE:
        _require_handed_on(user)
    saved = list(changed)
    if "email" in changed and user.mail_refused:
        user.mail_refused = ""  # which was said of the other address
        saved.append("mail_refused")
    _save(user, saved)
    if "email" in changed:
        change_link(user)
    changes.note(user, "person_changed", changed, by=by)
    return user


@rule("K1", "K4")
def set_password(user: User, *, password: str, by: Actor) -> User:
    """Give a person another password, which they change when they sign in by it; they are signed
    out everywhere, and the link of an open invitation ends. Gives the person. Refuses for anybody
    but an administrator, for oneself, and a weak password."""
    require_administrator(by=by, to="set a password")
    if user.pk == by.user_id:
        raise Refused(
            "own_password",
            "Your own password you change in your menu, by Change password.",
            rule="K1",
        )
    end_link(user, by=by)
    user = User.objects.select_for_update().get(pk=user.pk)
    require_strong(password, user)
    user.set_password(password)
    user.password_is_temporary = True
    user.save(update_fields=["password", "password_is_temporary"])
    audit.note("password_set", "user", user.pk, by=by)
    return user


def require_sound(user: User) -> None:
    """Refuse what a person cannot be called, and what others are called already."""
    for name, most in TEXTS.items():
        if len(getattr(user, name)) > most:
            raise _refused(name, "too_long", f"Write at most {most} characters.")
    if not user.name:
        raise _refused("name", "name_missing", "Write the name that others see.")
    if not user.username or " " in user.username:
        raise _refused("username", "username_unfit", "Write a user name, without blanks.")
    if user.role not in Role.values:
        raise _refused("role", "role_unknown", "Choose one of the roles.")
    try:
        validate_email(user.email or "nobody@example.com")
    except ValidationError:
        raise _refused(
            "email", "email_unfit", "This is no mail address. Write one, or leave it empty."
        ) from None
    _require_free(user)


def require_strong(password: str, user: User) -> None:
    """Refuse a password that is guessed too easily."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise _refused("password", "password_weak", " ".join(error.messages)) from error


def _require_free(user: User) -> None:
    others = User.objects.exclude(pk=user.pk)
    for name, what in (("username", "user name"), ("email", "address"), ("external_id", "ID")):
        value = getattr(user, name)
        same = others.filter(**{f"{name}__iexact": value}).first() if value else None
        if same is not None:
            who = same.name if same.is_active else f"{same.name}, who is deactivated,"
            raise _refused(name, f"{name}_taken", f"{who} has this {what}. Write another.")


def _require_handed_on(user: User) -> None:
    """Refuse to take somebody out of Support with work in hand (Q5)."""
    if user.role != Role.NONE:
        return
    try:
        refuse_if_owning(user)
    except Refused as refused:
        refused.field = "role"
        raise
    if QueueMembership.objects.filter(user=user).exists():
        raise Refused(
            "works_queues",
            f"{user.name} works queues, which is for people in Support. Take them out of their "
            "queues first.",
            rule="Q5",
            field="role",
        )


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept: blanks taken away, addresses in small letters."""
    cleaned = dict(values)
    for name in TEXTS:
        if name in cleaned:
            cleaned[name] = " ".join(trimmed(str(cleaned[name])).split())
    if "email" in cleaned:
        cleaned["email"] = cleaned["email"].lower()
    return cleaned


def _save(user: User, names: list[str] | None = None) -> None:
    """Save; refuses what somebody else has taken a moment before."""
    try:
        with transaction.atomic():
            user.save(update_fields=names)
    except IntegrityError as error:
        _require_free(user)
        raise Refused(
            "person_changed_meanwhile", "Somebody else saved meanwhile. Try again.", rule="K2"
        ) from error


def _told(user: User, password: str | None) -> dict[str, Any]:
    told = {name: [None, getattr(user, name)] for name in FIELDS if getattr(user, name)}
    return told | ({"password": ["", "set"]} if password else {})


def _refused(field: str, code: str, message: str) -> Refused:
    return Refused(code, message, rule="K1", field=field)
