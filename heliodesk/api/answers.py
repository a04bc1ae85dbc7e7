"""Answers as JSON: rows, pages of rows, and refusals in the one shape (K5)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.http import HttpResponse

from heliodesk.core.refusal import Refused
from heliodesk.web.compress import compressed

JSON = "application/json"


PAGES = 100  # that are kept as they were packed, of 15 KB and the 50 KB they were

kept_packed = lru_cache(PAGES)(compressed)


class Answer(HttpResponse):
    """JSON whose text has been written already, such as by PostgreSQL."""

    packed: Callable[[bytes], bytes] | None = None

    def __init__(self, text: str, *, status: int = 200) -> None:
        super().__init__(text, content_type=JSON, status=status)


def answer(payload: Any, *, status: int = 200) -> Answer:
    """The payload as JSON: moments in UTC, numbers with decimals as text."""
    return Answer(written(payload), status=status)


def written(payload: Any) -> str:
    """The payload as a JSON text."""
    return json.dumps(payload, default=_plain, ensure_ascii=False, separators=(",", ":"))


def page(items: list[str], following: str | None) -> Answer:
    """A list of rows that are JSON already, and the cursor of the next page."""
    listed = Answer(f'{{"items":[{",".join(items)}],"next":{json.dumps(following)}}}')
    listed.packed = kept_packed  # whoever asks again and again mostly gets what was there before
    return listed


def refusal(refused: Refused) -> Answer:
    """What a rule said, with its code and its number, and what it is about."""
    told: dict[str, Any] = {
        "code": refused.code,
        "message": refused.message,
        "field": refused.field,
        "rule": refused.rule,
    }
    if refused.about:
        told["about"] = told_about(refused.about)
    return answer(told, status=refused.status)


def told_about(about: Mapping[str, Any]) -> Any:
    """What a refusal is about, in what JSON knows; a row by its words."""
    return json.loads(json.dumps(about, default=_words))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (date, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _words(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
