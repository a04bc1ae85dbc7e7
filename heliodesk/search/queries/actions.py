"""The actions that the search field offers wherever one is (V4)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from heliodesk.list_views.access import visible_views
from heliodesk.list_views.models import PinnedView
from heliodesk.people.access import Actor
from heliodesk.set_up import pages as set_up
from heliodesk.worklists.queries.names import names, slug_of

MOST_VIEWS = 50


def actions_of(by: Actor) -> list[dict[str, str]]:
    """What `by` may do and where they may go, beside what the page itself offers: taking the next
    case of their queues, their departments, list views. Those with `post` are sent, not opened."""
    items: list[dict[str, str]] = []
    if by.is_support:
        queues = names("queue", *by.queue_ids)
        items += [
            {
                "label": f"Take next in {queues[key]}",
                "post": f"/queues/{slug_of('queue', key)}/next/",
            }
            for key in queues
            if key in by.queue_ids
        ]
        items.append({"label": "New interaction", "value": "/interactions/new/", "hint": "n"})
        items += _places("queue", queues)
        items += _list_views(by)
    departments = names("department", *by.department_ids)
    own = departments if by.is_support else {key: departments[key] for key in by.department_ids}
    items += _places("department", own)
    if by.is_supervisor:
        items.append({"label": "Go to People with open cases", "value": "/people/"})
    if by.is_administrator:
        items += [
            {"label": f"Set up {page.title}", "value": page.url, "hint": page.line}
            for page in set_up.pages()
        ]
    return items


def _places(kind: str, found: dict[int, str]) -> list[dict[str, str]]:
    return [
        {"label": f"Go to {name}", "value": f"/{kind}s/{slug_of(kind, key)}/"}
        for key, name in found.items()
    ]


def _list_views(by: Actor) -> list[dict[str, str]]:
    """The list views that are shared with `by`, those pinned first."""
    pinned = PinnedView.objects.filter(view=OuterRef("pk"), person_id=by.user_id)
    found = visible_views(by).annotate(pinned=Exists(pinned)).order_by("-pinned", "name")
    return [
        {"label": f"List view {name}", "value": f"/cases/?view={key}", "hint": "Pinned" * is_pinned}
        for key, name, is_pinned in found.values_list("pk", "name", "pinned")[:MOST_VIEWS]
    ]
