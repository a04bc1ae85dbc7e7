"""Getting the pages of the work lists, and reading them."""

from __future__ import annotations

import html as markup
import re
from typing import Any

from django.test import Client

from heliodesk.people.models import User


class Browser(Client):
    """A signed-in client whose answers give the addresses of the pages beside them."""

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """The answer, with `beside("older")` and `("newer")`."""
        answer: Any = super().get(*args, **kwargs)
        text = answer.content.decode()

        def address(which: str) -> str:
            rel = {"older": "next", "newer": "prev"}[which]
            found = re.search(rf'rel="{rel}" href="([^"]*)"', text)
            return markup.unescape(found[1]) if found else ""

        answer.beside = address
        return answer


def signed_in(user: User) -> Browser:
    """A browser in which the user is signed in."""
    browser = Browser()
    browser.force_login(user)
    return browser


def page(user: User, url: str) -> str:
    """The page as the user sees it, without entities."""
    answer = signed_in(user).get(url)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def numbers(html: str) -> list[str]:
    """The case numbers of the list's rows, from the top."""
    return re.findall(r'data-label="Number"><a href="/cases/(\d{8})/"', html)
