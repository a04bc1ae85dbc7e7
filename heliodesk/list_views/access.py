"""Which saved list views somebody is offered, and who keeps them (V3)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from heliodesk.core.refusal import NotFound, NotPermitted
from heliodesk.list_views.models import ListView, SharedWith
from heliodesk.people.access import Actor


def visible_views(by: Actor) -> QuerySet[ListView]:
    """The views of `by`, those of their queues and departments, and everybody's."""
    return ListView.objects.filter(
        Q(owner_id=by.user_id, owner__isnull=False)
        | Q(shared_with=SharedWith.EVERYBODY)
        | Q(shared_with=SharedWith.TEAM, queue_id__in=by.queue_ids)
        | Q(shared_with=SharedWith.TEAM, department_id__in=by.department_ids)
    )


def get_view(key: int, *, by: Actor) -> ListView:
    """The view; refuses with `NotFound` where there is none or it is not shared with `by`."""
    found = visible_views(by).filter(pk=key).select_related("owner", "queue", "department").first()
    if found is None:
        raise NotFound(
            "list_view_not_found",
            "There is no such list view, or it is not shared with you. Ask whoever sent it to "
            "share it or to send the list's own address, or choose another one.",
            rule="V3",
        )
    return found


def may_keep(view: ListView, by: Actor) -> bool:
    """Change and delete: its owner; a supervisor for what came with the desk."""
    return by.is_supervisor if view.owner_id is None else view.owner_id == by.user_id


def may_share_with_everybody(by: Actor) -> bool:
    """Supervisors and administrators: what everybody is offered speaks for the desk."""
    return by.is_supervisor


def require_keep(view: ListView, *, by: Actor) -> None:
    """Refuse unless `by` keeps the view."""
    if not may_keep(view, by):
        whose = f"{view.owner}'s" if view.owner else "the desk's, and supervisors keep it"
        raise NotPermitted(
            "not_your_list_view",
            f"“{view.name}” is {whose}. Save it under a name of your own and change that.",
            rule="V3",
        )
