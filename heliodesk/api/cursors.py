"""Where a page of a list begins, signed: a cursor is good for the list that gave it alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest

from heliodesk.core.refusal import Refused

PLACE = {"cursor", "limit"}
#: Without a time: the same page has the same cursor, and is packed once (`answers.page`).
SIGNER = signing.Signer(salt="heliodesk.api.cursor")


def write(request: HttpRequest, values: Sequence[Any]) -> str:
    """The cursor for a row with these sort values, in the list that was asked for."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return SIGNER.sign_object([_list(request), plain])


def read(request: HttpRequest) -> list[Any] | None:
    """The sort values of `cursor` in the address; None at the beginning. Refuses one that was
    changed, or that another list has given."""
    given = request.GET.get("cursor", "")
    if not given:
        return None
    try:
        where, values = SIGNER.unsign_object(given)
        if where != _list(request):
            raise ValueError("of another list")
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused(
            "cursor_unreadable",
            "This cursor is not one that this list has given. Begin without one.",
            rule="K1",
            field="cursor",
        ) from error
    return list(values)


def _list(request: HttpRequest) -> str:
    """The list that was asked for: its address without the place in it."""
    asked = [(name, values) for name, values in request.GET.lists() if name not in PLACE]
    return f"{request.path}?{urlencode(asked, doseq=True)}"
