"""The first administrator of an empty desk."""

from __future__ import annotations

import io
import sys

import pytest

from heliodesk.people.models import Role, User
from heliodesk.server import first_administrator
from heliodesk.server.answers import QUESTIONS, variable
from heliodesk.server.problem import Problem

ANSWERS = {
    "name": "Ada Muñoz",
    "username": "ada",
    "email": "ada@example.com",
    "password": "sunny-roof-4711",
}


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """All questions answered by variables."""
    for field, answer in ANSWERS.items():
        monkeypatch.setenv(variable(field), answer)
    return monkeypatch


@pytest.mark.django_db
def test_variables_answer_the_questions(answered: pytest.MonkeyPatch) -> None:
    first_administrator.ensure()
    user = User.objects.get(username="ada")
    assert (user.name, user.email, user.role) == ("Ada Muñoz", "ada@example.com", "administrator")
    assert user.check_password("sunny-roof-4711")


@pytest.mark.django_db
def test_nobody_is_asked_when_there_is_an_administrator(answered: pytest.MonkeyPatch) -> None:
    User.objects.create_user("eve", name="Eve", role=Role.ADMINISTRATOR)
    first_administrator.ensure()
    assert not User.objects.filter(username="ada").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "answer", "said"),
    [
        ("password", "short", "at least 10 characters"),
        ("email", "nobody", "valid email"),
        ("email", "", "HELIODESK_ADMIN_EMAIL"),
    ],
)
def test_a_bad_answer_is_refused_with_the_reason(
    answered: pytest.MonkeyPatch, field: str, answer: str, said: str
) -> None:
    answered.setenv(variable(field), answer)
    with pytest.raises(Problem, match=said):
        first_administrator.ensure()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_without_a_terminal_the_variables_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in QUESTIONS:
        monkeypatch.delenv(variable(field), raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(Problem, match="HELIODESK_ADMIN_NAME"):
        first_administrator.ensure()


@pytest.mark.django_db
def test_the_terminal_asks_again_until_the_answers_are_good(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = iter(["Ada", "", "ada", "ada@example.com"])
    secrets = iter(["short", "sunny-roof-4711", "different", "sunny-roof-4711", "sunny-roof-4711"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(secrets))
    first_administrator.ensure()
    said = capsys.readouterr().out
    assert "This is needed." in said
    assert "The two are not the same." in said
    assert User.objects.get().check_password("sunny-roof-4711")
