"""The hidden field that shows a form to be the desk's own, made once a page and for less.

The token is Django's: the secret of the browser's cookie under a mask that is another with each
page. Django draws the mask letter by letter, with a system call each, for every form of a page, and
sends the cookie anew each time.
"""

from __future__ import annotations

import os
from functools import cached_property

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, get_token
from markupsafe import Markup

LETTERS = CSRF_ALLOWED_CHARS
PLACES = {letter: place for place, letter in enumerate(LETTERS)}
# Bytes from here on would make the first letters likelier than the last.
EVEN = 256 - 256 % len(LETTERS)


def inputs(request: HttpRequest) -> dict[str, Input]:
    """`csrf_input` for the desk's templates: a context processor."""
    return {"csrf_input": Input(request)}


class Input:
    """The hidden field of every form of one page, written when the first form asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def __html__(self) -> Markup:
        return self._field

    @cached_property
    def _field(self) -> Markup:
        field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
        return field.format(token(self.request))


def token(request: HttpRequest) -> str:
    """The token for the page of a request; a browser without the cookie gets one, as ever."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None:
        return get_token(request)
    mask = random_letters(CSRF_SECRET_LENGTH)
    count = len(LETTERS)
    pairs = zip(secret, mask, strict=True)
    return mask + "".join(LETTERS[(PLACES[x] + PLACES[y]) % count] for x, y in pairs)


def random_letters(length: int) -> str:
    """So many letters and digits, each as likely as any other, from the system's randomness."""
    found = ""
    while len(found) < length:
        drawn = os.urandom(length + length // 4)
        found += "".join(LETTERS[byte % len(LETTERS)] for byte in drawn if byte < EVEN)
    return found[:length]
