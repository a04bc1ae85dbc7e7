"""Who may see an action on several cases, and an export: who began it, and supervisors."""

from __future__ import annotations

from django.db.models import QuerySet

from heliodesk.bulk.models import BulkAction, Export
from heliodesk.core.refusal import NotFound, NotPermitted
from heliodesk.people.access import Actor
from heliodesk.people.models import DeskSettings


def visible_actions(by: Actor) -> QuerySet[BulkAction]:
    """One's own; a supervisor sees all (K6)."""
    every = BulkAction.objects.all()
    return every if by.is_supervisor else every.filter(by_id=by.user_id)


def get_action(action_id: int, *, by: Actor) -> BulkAction:
    """The action; refuses with `NotFound` where there is none or it is another's (K6)."""
    found = visible_actions(by).select_related("by", "stopped_by").filter(pk=action_id).first()
    if found is None:
        raise NotFound(
            "bulk_action_not_found",
            "There is no such action on several cases, or it is another person's.",
            rule="K6",
        )
    return found


def get_export(export_id: int, *, by: Actor) -> Export:
    """One's own export; what another exported is theirs alone, as it shows what they may see."""
    found = Export.objects.filter(pk=export_id, by_id=by.user_id).first()
    if found is None:
        raise NotFound(
            "export_not_found", "There is no such export, or it is another person's.", rule="K6"
        )
    return found


def may_export(by: Actor, settings: DeskSettings) -> bool:
    """Supervisors; the rest of Support where the desk is set up so."""
    return by.is_supervisor or (by.is_support and settings.support_exports)


def require_export(*, by: Actor) -> None:
    """Refuse whoever may not export, and say what to do instead (V3)."""
    if not may_export(by, DeskSettings.current()):
        who = "supervisors" if by.is_support else "Support"
        raise NotPermitted(
            "may_not_export",
            f"Lists are exported by {who} only. Send the address of the list to a supervisor, "
            "who can export it for you.",
            rule="V3",
        )
