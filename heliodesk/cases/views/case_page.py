"""The case page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.cases.queries.case_page import case_page
from heliodesk.cases.queries.case_record import CaseRecord
from heliodesk.cases.rules.jira_links import REFRESH_JOB
from heliodesk.core.jobs import defer
from heliodesk.core.numbers import whole
from heliodesk.feed.queries import feed_of
from heliodesk.files.queries import files_of
from heliodesk.web.requests import DeskRequest


@require_safe
def case(request: DeskRequest, number: int) -> HttpResponse:
    """A case: what it is, what may be done, and its feed beside it."""
    asked = request.GET
    page = case_page(number, tab=asked.get("tab", ""), by=request.actor)
    feed = feed_of(
        page.case.as_case(),
        by=request.actor,
        show=asked.get("show", "everything"),
        before=asked.get("before"),
        item=whole(asked.get("item", "")),
        draft=page.case.draft or "",
        left_behind=page.case.left_behind or (),
    )
    read_old_tickets(page.case)
    context = {"page": page, "case": page.case, "feed": feed}
    if page.tab == "related":
        context["files"] = files_of(page.case.as_case(), limits=page.case.settings())
    return render(request, "cases/case.html", context)


def read_old_tickets(case: CaseRecord) -> None:
    """Have the Jira tickets of an open case read anew, where that was long ago (J1): in the
    background, so that the page never waits for Jira."""
    if not case.is_closed and any(ticket.is_old for ticket in case.tickets):
        defer(REFRESH_JOB, once=f"{REFRESH_JOB} {case.id}", case=case.id)
