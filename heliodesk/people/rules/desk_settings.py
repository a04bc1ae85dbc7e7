"""The settings of the desk, which an administrator changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from heliodesk.core import changes
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import DeskSettings

ENDING = re.compile(r"[a-z0-9]{1,12}(\.[a-z0-9]{1,12})?")
ESCALATION_LIMIT = 20_000  # characters

#: The settings that are changed here, and the procedure that each is of.
PROCEDURES = {
    "review_interval_hours": "L7",
    "reopening_window_hours": "X4",
    "follow_up_hours": "F3",
    "overdue_hours": "F4",
    "digest_hour": "C2",
    "file_size_limit_mb": "G1",
    "refused_file_types": "G1",
    "support_exports": "V3",
    "escalation_text": "Q2",
    "escalation_contact": "F3",
}


@rule("K2", "K4", "K7")
def change_desk_settings(
    *, values: Mapping[str, Any], seen: Mapping[str, str] | None = None, by: Actor
) -> DeskSettings:
    """Change some of `PROCEDURES`; gives the settings in force.

    `seen` is what they were when the form was made (K2). Refuses numbers out of their bounds, what
    is no file name ending, and an escalation contact who is not active.
    """
    require_administrator(by=by, to="change the settings of the desk")
    DeskSettings.objects.get_or_create(pk=1)
    settings = DeskSettings.objects.select_for_update().get(pk=1)
    changed = changes.settle(settings, cleaned(values), seen)
    for name in changed:
        require_sound(settings, name)
    if changed:
        settings.save(update_fields=list(changed))
        changes.note(settings, "set_up_changed", changed, by=by)
    return settings


def cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept."""
    kept = {name: values[name] for name in PROCEDURES if name in values}
    if "refused_file_types" in kept:
        kept["refused_file_types"] = endings(kept["refused_file_types"])
    if "escalation_text" in kept:
        kept["escalation_text"] = trimmed(kept["escalation_text"])
    return kept


def endings(typed: str) -> str:
    """File name endings, lower case, without dots in front; refuses what is none (G1)."""
    parts = [one.lower().removeprefix("*").lstrip(".") for one in re.split(r"[\s,;]+", typed)]
    found = [one for one in parts if one]
    wrong = [one for one in found if not ENDING.fullmatch(one)]
    if wrong:
        raise _refused(
            "refused_file_types",
            f"Not a file name ending: {', '.join(wrong)}. Write them like: exe bat js.",
        )
    return " ".join(dict.fromkeys(found))


def require_sound(settings: DeskSettings, name: str) -> None:
    """Refuse what the setting may not be."""
    value = getattr(settings, name)
    if name == "escalation_contact":
        if value is not None and not value.is_active:
            raise _refused(name, f"{value.name} is deactivated. Choose somebody who is active.")
        return
    if name == "escalation_text" and len(value) > ESCALATION_LIMIT:
        raise _refused(name, f"Keep it under {ESCALATION_LIMIT:,} characters.")
    column: models.Field[Any, Any] = settings._meta.get_field(name)  # type: ignore[assignment]  # it is one
    try:
        column.clean(value, settings)
    except ValidationError as error:
        raise _refused(name, _bounds(column) or error.messages[0]) from error


def _bounds(column: models.Field[Any, Any]) -> str:
    """Which numbers the column takes; empty where it takes texts."""
    low = [one.limit_value for one in column.validators if isinstance(one, MinValueValidator)]
    high = [one.limit_value for one in column.validators if isinstance(one, MaxValueValidator)]
    return f"Write a number from {max(low):,} to {min(high):,}." if low and high else ""


def _refused(name: str, message: str) -> Refused:
    return Refused("setting_unfit", message, rule=PROCEDURES[name], field=name)
