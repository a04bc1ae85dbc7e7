"""How customers reach Support: the Case Sources (H4, H5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.cases.models import CaseSource, Channel
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor
from heliodesk.people.rules.choices import keep_choice, locked


@rule("H4", "H5", "K2", "K4", "K7")
def keep_case_source(
    source: CaseSource | None = None,
    *,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> CaseSource:
    """Add a source, or change one. `values`: name, and the channel of an interaction that it is
    chosen by itself for, or "".

    Refuses a channel that another source is chosen for.
    """
    source = locked(source or CaseSource(), by=by)
    channel = values["channel"]
    others = CaseSource.objects.select_for_update().filter(channel=channel).exclude(pk=source.pk)
    if channel and (other := others.first()):
        raise Refused(
            "channel_taken",
            f"“{other.name}” is chosen for {Channel(channel).label} already. Take it from there "
            "first.",
            rule="H5",
            field="channel",
        )
    return keep_choice(source, values, seen, by=by)
