"""Addresses: of a view by its name, and read from what a browser sent.

A page asks for the addresses of dozens of views. What `django.urls.reverse` works out anew each
time (which pattern it is, and what its arguments may be) is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from django.urls import get_resolver, reverse

SAFE = "/~:@!$&'()*+,;="  # as Django has it, after RFC 3986


@dataclass(frozen=True, slots=True)
class Form:
    """How the addresses of one view are put together, and what they look like."""

    text: str  # such as "cases/%(number)s/"
    names: tuple[str, ...]
    looks: re.Pattern[str]


def address(name: str, *args: Any) -> str:
    """The path of the view named `name`. Fails with `NoReverseMatch` as `reverse` does."""
    form = _form(name, len(args))
    if form is not None:
        path = form.text % dict(zip(form.names, args, strict=True))
        if form.looks.match(path):
            return quote(f"/{path}", safe=SAFE)
    return reverse(name, args=args)


def leading_back(address: str, back: str) -> str:
    """The address with the one to come back to when done; empty stays empty."""
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode({'back': back})}" if address else ""


def parts_of(sent: str) -> SplitResult:
    """The parts of an address that somebody sent; all of them empty where it is none."""
    try:
        return urlsplit(sent)
    except ValueError:  # such as half an IPv6 address
        return urlsplit("")


@cache
def _form(name: str, count: int) -> Form | None:
    """None where there is more than one such view, or a name within a namespace."""
    found = [
        Form(text, tuple(names), re.compile(pattern))
        for possible, pattern, _, _ in get_resolver().reverse_dict.getlist(name)
        for text, names in possible
        if len(names) == count
    ]
    return found[0] if len(found) == 1 else None
