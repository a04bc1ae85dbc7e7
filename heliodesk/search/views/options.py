"""What the search field proposes while one types, and the actions it offers (V4)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from heliodesk.core.picking import offered
from heliodesk.people.access import Actor
from heliodesk.search.bounds import TooSlow, bounded
from heliodesk.search.forms.authors import authors
from heliodesk.search.page import RECORD_KINDS
from heliodesk.search.queries.actions import actions_of
from heliodesk.search.queries.finding import Found, search
from heliodesk.search.views.find import SHORTEST
from heliodesk.web.requests import DeskRequest

PROPOSED = 5  # of a kind
LIMIT = 500  # milliseconds: who types on has forgotten it by then
SLOW = "More fits than could be looked through: type on, or search everything for “{}”"


@require_safe
def options(request: DeskRequest) -> JsonResponse:
    """The best of each kind for what has been typed so far; choosing one leads to `value`."""
    typed = request.GET.get("q", "").strip()
    if len(typed) < SHORTEST:
        return JsonResponse({"items": []})
    found, too_slow = proposed(typed, by=request.actor)
    items = proposals(found, by=request.actor)
    every = f"{reverse('search')}?{urlencode({'q': typed})}"
    label = (SLOW if too_slow else "Search everything for “{}”").format(typed)
    items.append({"group": "Texts", "value": every, "label": label, "hint": "Enter"})
    return JsonResponse({"items": items})


def proposed(typed: str, *, by: Actor) -> tuple[Found, bool]:
    """What was found, and whether that took too long: then only what has the text or begins so."""
    for surest in (False, True):
        try:
            with bounded(limit=LIMIT):
                return search(typed, most=PROPOSED, by=by, surest=surest), surest
        except TooSlow:
            continue
    return Found(), True


def proposals(found: Found, *, by: Actor) -> list[dict[str, str]]:
    """The records by kind, and new cases for the customers among them."""
    items = [
        {
            "group": RECORD_KINDS[kind],
            "value": one.url,
            "label": one.title,
            "hint": ", ".join(part for part in (one.hint, one.status) if part),
        }
        for kind, rows in found.by_kind.items()
        for one in rows
    ]
    contracts = found.by_kind.get("contract", []) if by.is_support else []
    return items + [
        {
            "group": "Actions",
            "value": f"/contracts/{one.contract}/cases/new/",
            "label": f"New case for {one.title.removeprefix(one.contract).strip()}",
            "hint": one.contract,
        }
        for one in contracts[:3]
    ]


@require_safe
def actions(request: DeskRequest) -> JsonResponse:
    """What one may do from anywhere: places, queues, list views."""
    return JsonResponse({"items": actions_of(request.actor)})


@require_safe
def author_options(request: DeskRequest) -> JsonResponse:
    """People by a part of their name; three statements."""
    return JsonResponse(offered(authors(), request.GET.get("q", "")))
