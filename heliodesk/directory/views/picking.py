"""Whom and what one may choose, while one types: `{"items": [{value, label, hint, refused}],
"note"}` for `?q=`. Three statements each, the session and the person included."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from heliodesk.core.numbers import whole
from heliodesk.core.picking import offered
from heliodesk.core.refusal import NotPermitted
from heliodesk.directory.queries.picking import Contacts, Orgs, managers
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest


@require_safe
def manager_options(request: DeskRequest) -> JsonResponse:
    """Who may manage an Org; `department` and `org` say who is likely."""
    require_support(by=request.actor)
    asked = request.GET
    source = managers(
        department_id=whole(asked.get("department", "")) or 0,
        org_id=whole(asked.get("org", "")) or 0,
        my_queues=request.actor.queue_ids,
    )
    return JsonResponse(offered(source, asked.get("q", "")))


@require_safe
def org_options(request: DeskRequest) -> JsonResponse:
    """The Orgs."""
    require_support(by=request.actor)
    return JsonResponse(offered(Orgs(), request.GET.get("q", "")))


@require_safe
def contact_options(request: DeskRequest) -> JsonResponse:
    """The contacts of an `account`."""
    require_support(by=request.actor)
    source = Contacts(whole(request.GET.get("account", "")) or 0)
    return JsonResponse(offered(source, request.GET.get("q", "")))


def require_support(*, by: Actor) -> None:
    """Refuse whoever is not told names of the directory but those of their cases (K6)."""
    if not by.is_support:
        raise NotPermitted(
            "chooses_nobody",
            "Names of the directory are found by Support. Ask in the case's feed.",
            rule="K6",
        )
