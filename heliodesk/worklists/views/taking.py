"""Taking cases from a queue: one, several, or the next (Q4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.cases.rules import taking
from heliodesk.core.forms import DeskForm
from heliodesk.core.refusal import Refused
from heliodesk.people.models import Queue
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out
from heliodesk.worklists.queries.rows import PAGE
from heliodesk.worklists.views.queues import find, queue_page


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of taking one of several cases, in words; `rule` is the one that refused."""

    case: Case
    words: str
    rule: str = ""
    is_mine: bool = False


@require_POST
def one(request: DeskRequest, number: int) -> HttpResponse:
    """Take this case, and see it. A second press changes nothing, so it needs no token (K3)."""
    case = taking.take(access.get_case(number, by=request.actor), by=request.actor)
    messages.success(request, f"Case {case.display_number} is yours.")
    return See(case.get_absolute_url())


@require_POST
def next_case(request: DeskRequest, slug: str) -> HttpResponse:
    """Take the top case of the order of work that can be acted on, and see it."""
    line = find(request, slug)
    queue = Queue(pk=line.key, name=line.name)
    form = DeskForm(request.POST)
    form.full_clean()

    def act() -> str:
        return taking.take_next(queue, by=request.actor).get_absolute_url()

    done = carry_out(request, form, act, said="The next case is yours.")
    return done or queue_page(request, line, form.refusals, HTTPStatus.CONFLICT)


@require_http_methods(["GET", "HEAD", "POST"])
def several(request: DeskRequest, slug: str) -> HttpResponse:
    """Take the selected cases (POST); what came of it, case by case (GET).

    Taking what one has already changes nothing, so that a form sent twice does no harm (K3).
    """
    line = find(request, slug)
    if request.method != "POST":
        numbers = _numbers(request.GET.get("cases", "").split(","))
        outcomes = [_outcome(case, request) for case in _cases(numbers, request)]
        return render(request, "worklists/taking.html", {"queue": line, "outcomes": outcomes})
    chosen = request.POST.getlist("only") or request.POST.getlist("case")
    cases = _cases(_numbers(chosen), request)
    if not cases:
        refused = Refused("nothing_selected", "Select the cases to take.", rule="Q4")
        return queue_page(request, line, [refused], HTTPStatus.UNPROCESSABLE_ENTITY)
    results = taking.take_several(cases, by=request.actor)
    if any(result.refusal for result in results):
        shown = ",".join(str(result.case.number) for result in results)
        return See(f"{line.url}taking/?{urlencode({'cases': shown}, safe=',')}")
    messages.success(request, _said(results))
    return See(line.url)


def _outcome(case: Case, request: DeskRequest) -> Outcome:
    """How it stands with a case one wanted: a refusal reads as it did when it was refused."""
    if access.owns(case, request.actor):
        return Outcome(case, "It is yours.", is_mine=True)
    try:
        taking.require_takeable(case, by=request.actor)
    except Refused as refused:
        return Outcome(case, refused.message, refused.rule)
    return Outcome(case, "It waits in the queue: take it.")


def _numbers(given: list[str]) -> list[int]:
    """The case numbers among what was sent, at most a page of them."""
    return [int(number) for number in given if re.fullmatch("[0-9]{1,18}", number)][:PAGE]


def _cases(numbers: list[int], request: DeskRequest) -> list[Case]:
    seen = access.visible_cases(request.actor).filter(number__in=numbers)
    return list(seen.select_related("owner_agent").order_by("number"))


def _said(results: list[taking.TakeResult]) -> str:
    """`Case 00010001 is yours.`, as a link, or how many are."""
    if len(results) > 1:
        return f"{len(results)} cases are yours: see My desk."
    case = results[0].case
    return format_html(
        'Case <a href="{}">{}</a> is yours.', case.get_absolute_url(), case.display_number
    )
