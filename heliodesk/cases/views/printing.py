"""A case on paper, or saved as PDF, with its feed (W4)."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.cases.queries.case_page import case_page
from heliodesk.core import clock
from heliodesk.feed.queries import feed_of
from heliodesk.files.queries import files_of
from heliodesk.web.requests import DeskRequest

MOST = 5_000  # roots of the feed; the page says so where there are more


@require_safe
def printing(request: DeskRequest, number: int) -> HttpResponse:
    """All that stands on the case, on one page without anything to press: what it is, its files,
    and its feed from the beginning (W4)."""
    page = case_page(number, tab="details", by=request.actor)
    case = page.case.as_case()
    feed = feed_of(case, by=request.actor, limit=MOST)
    context = {
        "page": replace(page, may_edit=False),
        "case": page.case,
        "rows": list(reversed(feed.rows)),
        "more": bool(feed.older),
        "most": MOST,
        "files": files_of(case, limits=page.case.settings()),
        "now": clock.now(),
        "printed": True,
    }
    return render(request, "cases/printing.html", context)
