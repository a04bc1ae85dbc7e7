"""An action as those see it whom it made owners, or who follow its cases."""

from __future__ import annotations

from heliodesk.bulk.access import visible_actions
from heliodesk.bulk.models import BulkAction
from heliodesk.core.refusal import NotFound
from heliodesk.notices.models import Notice
from heliodesk.people.access import Actor


def get_given(action_id: int, *, by: Actor) -> BulkAction:
    """The action, for whoever has a notice of it, or may see it anyway; refuses with `NotFound`."""
    found = BulkAction.objects.select_related("by").filter(pk=action_id).first()
    told = Notice.objects.filter(recipient_id=by.user_id, bulk_action=action_id)
    if found is None or not (told.exists() or visible_actions(by).filter(pk=action_id).exists()):
        raise NotFound(
            "bulk_action_not_found",
            "There is no such action on several cases, or it did not concern you.",
            rule="K6",
        )
    return found
