"""Where the page that says why something was refused leads: to the record or the list it was about,
and otherwise to My desk."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest

from heliodesk.core.refusal import Refused

MY_DESK = ("To My desk", "/")
#: The list that lies above an address, and what it is called.
LISTS = {
    "/bulk-actions/": "To Bulk actions",
    "/list-views/": "To List views",
    "/queues/": "To Queues",
    "/departments/": "To Departments",
    "/accounts/": "To Accounts",
    "/contracts/": "To Contracts",
}


def way_back(request: HttpRequest, refusal: Refused) -> tuple[str, str]:
    """The link's words and its address. A case that one may not see is not led to (K6), and a list
    leads nowhere else than it is."""
    match = request.resolver_match
    number = match.kwargs.get("number") if match and match.route.startswith("cases/") else None
    if number is not None and refusal.status != HTTPStatus.NOT_FOUND:
        case = f"/cases/{number:08}/"
        return MY_DESK if request.path == case else (f"To case {number:08}", case)
    if "view" in request.GET and request.path == "/cases/":
        return LISTS["/list-views/"], "/list-views/"
    for above, words in LISTS.items():
        if request.path.startswith(above) and request.path != above:
            return words, above
    return MY_DESK
