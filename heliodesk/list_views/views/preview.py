"""A case beside the list that one walks through (V3)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.cases.queries.case_page import case_page
from heliodesk.feed.queries import feed_of
from heliodesk.web.requests import DeskRequest

POSTS = 4  # the latest


@require_safe
def preview(request: DeskRequest, number: int) -> HttpResponse:
    """What one wants to know of a case before opening it; 404 for one that one may not see (K6)."""
    page = case_page(number, tab="details", by=request.actor)
    feed = feed_of(
        page.case.as_case(),
        by=request.actor,
        show="posts",
        limit=POSTS,
        draft=page.case.draft or "",
    )
    context = {"page": page, "case": page.case, "posts": feed.rows, "more": feed.older != ""}
    return render(request, "list_views/preview.html", context)


def preview_is_on(request: DeskRequest) -> bool:
    """Whether the person wants the pane beside lists: a cookie of theirs says so, so that the page
    comes with its room and nothing moves."""
    return request.COOKIES.get("preview") == "on"
