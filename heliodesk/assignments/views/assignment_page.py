"""The page of an assignment: what is asked, and the case beside it with feed and files (A8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.assignments.access import is_of_department
from heliodesk.assignments.models import AssignmentStatus
from heliodesk.assignments.queries.assignment_actions import actions
from heliodesk.assignments.queries.assignment_page import AssignmentPage, assignment_page
from heliodesk.assignments.queries.tones import TONES
from heliodesk.assignments.views.working import assignment_url
from heliodesk.cases.queries.case_head import arranged
from heliodesk.core.addresses import leading_back
from heliodesk.core.numbers import whole
from heliodesk.feed.queries import FeedPage, FeedRow, feed_of
from heliodesk.files.queries import FilesPage, files_of
from heliodesk.web.requests import DeskRequest
from heliodesk.worklists.queries.names import slug_of

TABS = {"feed": "Chatter", "details": "The case", "files": "Files"}


@require_safe
def assignment(request: DeskRequest, number: str) -> HttpResponse:
    """What is asked, by whom and since when, what became of it; and its case."""
    page = assignment_page(number, by=request.actor)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "feed"
    url = assignment_url(page.row)
    context: dict[str, Any] = {
        "page": page,
        "assignment": page.row,
        "case": page.case,
        "tone": TONES[AssignmentStatus(page.row.status)],
        "actions": arranged(actions(page.row, by=request.actor)),
        "is_member": is_of_department(page.row, request.actor),
        "department_url": f"/departments/{slug_of('department', page.row.department_id)}/",
        "tab": tab,
        "tabs": [
            {"key": key, "label": label, "url": f"{url}?tab={key}", "count": None, "note": ""}
            for key, label in TABS.items()
        ],
    }
    if tab == "feed":
        context["feed"] = _feed(request, page, url)
    elif tab == "files":
        context["files"] = _files(page, f"{url}?tab=files")
    return render(request, "assignments/assignment.html", context)


def _feed(request: DeskRequest, page: AssignmentPage, url: str) -> FeedPage:
    """The case's feed, which leads back to this page from wherever it leads."""
    feed = feed_of(
        page.case.as_case(),
        by=request.actor,
        show=request.GET.get("show", "everything"),
        before=request.GET.get("before"),
        item=whole(request.GET.get("item", "")),
        draft=page.case.draft or "",
        left_behind=page.case.left_behind or (),
    )
    feed.url = url
    feed.post_url = leading_back(feed.post_url, url)
    _lead_back(feed.rows, url)
    return feed


def _lead_back(rows: Iterable[FeedRow], url: str) -> None:
    for row in rows:
        row.reply_url = leading_back(row.reply_url, url)
        row.edit_url = leading_back(row.edit_url, url)
        row.delete_url = leading_back(row.delete_url, url)
        _lead_back(row.replies, url)


def _files(page: AssignmentPage, url: str) -> FilesPage:
    files = files_of(page.case.as_case(), limits=page.case.settings())
    return replace(files, upload_url=leading_back(files.upload_url, url))
