"""Keeping what somebody types, for a person and a form (C5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.core import clock
from heliodesk.drafts.models import Draft
from heliodesk.people.access import Actor


def keep(key: str, data: Mapping[str, Any], *, by: Actor) -> None:
    """Keep `data` as what `by` has typed into the form `key`; the newest wins."""
    Draft.objects.update_or_create(
        user_id=by.person_id, key=key, defaults={"data": dict(data), "at": clock.now()}
    )


def kept(key: str, *, by: Actor) -> dict[str, Any]:
    """What `by` has typed into the form `key` and not sent; empty where nothing."""
    found = Draft.objects.filter(user_id=by.person_id, key=key).values_list("data", flat=True)
    return next(iter(found), {})


def drop(key: str, *, by: Actor) -> None:
    """Forget it: it was sent, or thrown away."""
    Draft.objects.filter(user_id=by.person_id, key=key).delete()
