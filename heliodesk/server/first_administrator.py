"""The first administrator of an empty desk: asked for once, at the terminal or by variables."""

from __future__ import annotations

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from heliodesk.server.answers import QUESTIONS, variable
from heliodesk.server.problem import Problem
from heliodesk.server.terminal import echo


def ensure() -> None:
    """Make the first administrator unless the desk has one."""
    from heliodesk.people.models import Role, User

    if User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exists():
        return
    user = User(role=Role.ADMINISTRATOR)
    answers = _from_variables()
    if answers is None:
        _refuse_without_terminal()
        echo("The desk is empty. Who is its first administrator?")
        answers = {field: _ask(field, user) for field in QUESTIONS}
    for field in ("name", "username", "email"):
        setattr(user, field, answers[field])
    _check(user, answers["password"])
    try:
        with transaction.atomic():
            User.objects.create_superuser(**answers)
    except IntegrityError as error:
        raise Problem("Somebody has that username or email already: choose another.") from error
    echo(f"{answers['name']} signs in as {answers['username']}.")


def _from_variables() -> dict[str, str] | None:
    given = {field: os.environ.get(variable(field), "") for field in QUESTIONS}
    if not any(given.values()):
        return None
    missing = [variable(field) for field, value in given.items() if not value]
    if missing:
        raise Problem(f"The first administrator needs {', '.join(missing)} as well.")
    return given


def _refuse_without_terminal() -> None:
    if not sys.stdin.isatty():
        names = ", ".join(variable(field) for field in QUESTIONS)
        raise Problem(
            f"The first administrator is asked for at a terminal; without one set {names}."
        )


def _ask(field: str, user: object) -> str:
    while True:
        if field == "password":
            answer = getpass.getpass("Password: ")
            complaint = _complaint(user, answer)
            if not complaint and getpass.getpass("Password again: ") != answer:
                complaint = "The two are not the same."
        else:
            answer = input(f"{QUESTIONS[field]}: ").strip()
            complaint = "" if answer else "This is needed."
            setattr(user, field, answer)
        if not complaint:
            return answer
        echo(complaint)


def _check(user: object, password: str) -> None:
    from heliodesk.people.models import User

    assert isinstance(user, User)  # noqa: S101 - a type for the checker
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise Problem(f"The first administrator: {' '.join(error.messages)}") from error
    complaint = _complaint(user, password)
    if complaint:
        raise Problem(f"The first administrator's password: {complaint}")


def _complaint(user: object, password: str) -> str:
    try:
        validate_password(password, user)  # type: ignore[arg-type]  # a `User`, which is imported late
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
