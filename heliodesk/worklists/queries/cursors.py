"""Where a page of a list begins: the sort values of a row, in an address.

A cursor is nobody's secret. It is read back by the types that its sort expects, so that a changed
one is either a place in the same list or refused.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime

from heliodesk.core.refusal import Refused

Value = int | str | datetime
LARGEST = 2**63


def write(values: Sequence[int | str]) -> str:
    """The cursor for a row with these sort values; times are text with their offset."""
    packed = json.dumps(list(values), ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(packed).rstrip(b"=").decode()


def read(cursor: str, kinds: Sequence[type]) -> list[Value]:
    """The sort values in the cursor, each of its kind; refuses what is no such cursor."""
    try:
        packed = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        plain = json.loads(packed)
        if not isinstance(plain, list) or len(plain) != len(kinds):
            raise ValueError("not that many values")
        return [_typed(value, kind) for value, kind in zip(plain, kinds, strict=True)]
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused(
            "cursor_unreadable",
            "This address does not lead to a page of the list: here is its beginning.",
            rule="Q3",
        ) from error


def _typed(value: object, kind: type) -> Value:
    if kind is int and type(value) is int and -LARGEST <= value < LARGEST:
        return value
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("not of its kind")
    value.encode()  # lone surrogates are no text for the database
    if kind is str:
        return value
    moment = datetime.fromisoformat(value)
    if kind is not datetime or moment.tzinfo is None:
        raise ValueError("not of its kind")
    return moment
