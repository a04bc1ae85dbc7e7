"""Actions on several cases: how far they are, what came of each case, stopping them (V3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from heliodesk.background.workers import health
from heliodesk.bulk import words
from heliodesk.bulk.access import get_action
from heliodesk.bulk.models import BulkAction
from heliodesk.bulk.queries import actions as lists
from heliodesk.bulk.queries import results as query
from heliodesk.bulk.queries.given import get_given
from heliodesk.bulk.queries.going_on import goes_on, gone_on_with
from heliodesk.bulk.queries.results_csv import results_csv
from heliodesk.bulk.rules.ending import stop_bulk_action
from heliodesk.core import clock
from heliodesk.core.addresses import address
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See

#: Seconds after which the page asks whether there is a worker at all.
SOON = 5.0


@require_safe
def overview(request: DeskRequest) -> HttpResponse:
    """One's own actions; a supervisor sees everybody's."""
    found, before = lists.actions(by=request.actor, before=request.GET.get("before", ""))
    rows = [
        {"action": action, "what": words.what(action.act, action.arguments)} for action in found
    ]
    context = {
        "rows": rows,
        "before": before,
        "everybodys": request.actor.is_supervisor,
        "exports": lists.exports(by=request.actor),
    }
    return render(request, "bulk/overview.html", context)


@require_safe
def action(request: DeskRequest, action_id: int) -> HttpResponse:
    """How far it is, and the results by reason."""
    found = get_action(action_id, by=request.actor)
    reasons = query.reasons(found)
    if not found.has_ended and len(reasons) <= query.REASONS:
        query.count_up(found, reasons)
    context = {
        **_about(found),
        "reasons": reasons[: query.REASONS],
        "more_reasons": len(reasons) > query.REASONS,
        "unworked": _waits_in_vain(found),
        "goes_on": goes_on(found),
        "gone_on_with": gone_on_with(found) if found.was_stopped else None,
        "once": str(uuid4()),
        "once_on": str(uuid4()),
    }
    return render(request, "bulk/action.html", context)


@require_safe
def results(request: DeskRequest, action_id: int) -> HttpResponse:
    """The results case by case: all, those alike, or what is left."""
    found = get_action(action_id, by=request.actor)
    like, after = request.GET.get("like", ""), request.GET.get("after", "")
    if "left" in request.GET:
        page = query.left(found, after=after)
    else:
        page = query.results(found, like=like, after=after)
    question = "left=1" if "left" in request.GET else f"like={like}" if like else ""
    context = {**_about(found), "page": page, "question": question}
    return render(request, "bulk/results.html", context)


@require_safe
def results_file(request: DeskRequest, action_id: int) -> StreamingHttpResponse:
    """The results as CSV."""
    found = get_action(action_id, by=request.actor)
    answer = StreamingHttpResponse(results_csv(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="bulk-action-{found.pk}.csv"'
    return answer


@require_safe
def given(request: DeskRequest, action_id: int) -> HttpResponse:
    """For whoever was told of it: the cases that it gave to them, or that they follow."""
    found = get_given(action_id, by=request.actor)
    page = query.given(found, after=request.GET.get("after", ""), by=request.actor)
    return render(request, "bulk/given.html", {**_about(found), "page": page})


@require_POST
def stop(request: DeskRequest, action_id: int) -> HttpResponse:
    """Stop it. A second press finds it ended, and says so."""
    found = stop_bulk_action(action_id, by=request.actor)
    messages.success(request, f"Stopped: {found.left:,} of {found.total:,} cases were not touched.")
    return See(address("bulk_action", found.pk))


def _about(found: BulkAction) -> Mapping[str, Any]:
    return {
        "action": found,
        "what": words.what(found.act, found.arguments),
        "reason": found.arguments.get("reason", "") if found.act == "change_owner" else "",
        "note": found.arguments.get("note", ""),
    }


def _waits_in_vain(found: BulkAction) -> bool:
    """Whether it does not go on because no worker runs."""
    if found.has_ended or (clock.now() - found.started_at).total_seconds() < SOON:
        return False
    return not health().lives
