"""Using the desk's screens in tests, as a browser without JavaScript would."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.test import Client

from heliodesk.people.models import User


def browser(user: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


class Walker(Client):
    """A browser that asks for everything and keeps nothing: a file that is sent is let go at once,
    and has no text."""

    def request(self, **given: Any) -> Any:
        """The answer; the text of a file is empty."""
        answer = super().request(**given)
        if not answer.streaming:
            return answer
        list(answer)  # which closes the file, too
        return HttpResponse(status=answer.status_code, content_type=answer["Content-Type"])


def walker(user: User) -> Walker:
    """Such a browser, in which this person is signed in."""
    client = Walker()
    client.force_login(user)
    return client


def page(user: User, address: str, status: int = 200) -> str:
    """The text of a page, which answers with `status`."""
    answer = browser(user).get(address)
    assert answer.status_code == status, answer.status_code
    return words(answer)


def send(user: User, address: str, answers: Any = 303, **fields: Any) -> str:
    """Send a form. Gives where it leads for 303, and the page it is shown on otherwise."""
    answer = browser(user).post(address, fields)
    assert answer.status_code == answers, (answer.status_code, words(answer))
    return str(answer["Location"]) if answers == 303 else words(answer)


def words(answer: Any) -> str:
    """The page's text, with one space where there were several."""
    return " ".join(answer.content.decode().split())
