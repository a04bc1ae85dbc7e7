"""Keeping what somebody types, for a person and a form (C5)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import connection

from heliodesk.core import clock
from heliodesk.drafts.models import Draft
from heliodesk.people.access import Actor

#: Written out, because every page with a form runs the one, and sending it the other.
KEPT = "SELECT data::text FROM drafts_draft WHERE user_id = %s AND key = %s"
DROP = "DELETE FROM drafts_draft WHERE user_id = %s AND key = %s"


def keep(key: str, data: Mapping[str, Any], *, by: Actor) -> None:
    """Keep `data` as what `by` has typed into the form `key`; the newest wins."""
    holds = {
        name: value.replace("\x00", "") if isinstance(value, str) else value  # no JSON's to hold
        for name, value in data.items()
    }
    Draft.objects.update_or_create(
        user_id=by.person_id, key=key, defaults={"data": holds, "at": clock.now()}
    )


def kept(key: str, *, by: Actor) -> dict[str, Any]:
    """What `by` has typed into the form `key` and not sent; empty where nothing."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [by.person_id, key])
        found = cursor.fetchone()
    return dict(json.loads(found[0])) if found else {}


def drop(key: str, *, by: Actor) -> None:
    """Forget it: it was sent, or thrown away."""
    with connection.cursor() as cursor:
        cursor.execute(DROP, [by.person_id, key])
