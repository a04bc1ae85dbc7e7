"""Keeping what somebody types as it comes from their screen (C5), within bounds."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.drafts import keep
from heliodesk.drafts.models import Draft
from heliodesk.people.access import Actor

KEY_LIMIT = 120  # characters
DATA_LIMIT = 200 * 1024  # bytes of JSON
KEPT_FOR = timedelta(days=30)


@rule("C5")
def keep_typed(key: str, data: str, *, by: Actor) -> None:
    """Keep `data`, a JSON object of fields, for the form `key`; empty data forgets the draft.

    Refuses a key or data that is missing, unreadable or too large. What was typed then stays on
    the screen, and the form can be sent all the same.
    """
    if not key or len(key) > KEY_LIMIT or "\x00" in key:
        raise _refused("draft_key", f"A draft needs a key of 1 to {KEY_LIMIT} characters.", "key")
    if data:
        keep.keep(key, fields_in(data), by=by)
    else:
        keep.drop(key, by=by)


def fields_in(data: str) -> dict[str, Any]:
    """The fields that the JSON text holds."""
    if len(data.encode("utf-8", "replace")) > DATA_LIMIT:
        raise _refused(
            "draft_too_large",
            f"A draft has at most {DATA_LIMIT // 1024} KB. Send the form instead.",
            "data",
        )
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _refused("draft_unreadable", "A draft is a JSON object of the form's fields.", "data")
    fields: dict[str, Any] = json.loads(_storable(found))
    return fields


def _storable(fields: dict[str, Any]) -> str:
    """JSON without what PostgreSQL cannot hold: NUL and halves of characters."""
    text = json.dumps(fields, ensure_ascii=False).replace("\\u0000", "")
    return text.encode("utf-8", "replace").decode()


def forget_old() -> int:
    """Forget drafts that nobody has touched for 30 days; gives how many."""
    found, _ = Draft.objects.filter(at__lt=clock.now() - KEPT_FOR).delete()
    return found


def _refused(code: str, message: str, field: str) -> Refused:
    return Refused(code, message, rule="C5", field=field)
