"""The search field: proposals while one types, an exact number at once, and a page of all that was
found (V4)."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heliodesk.cases.access import visible_cases
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest
from heliodesk.search.queries.finding import Results, search

CASE_NUMBER = re.compile(r"#?0*(\d{1,12})")
PROPOSED = 5  # of a kind
SHORTEST = 2  # characters
PROGRESS = "In Progress - "  # says nothing where there is little room


@require_safe
def find(request: DeskRequest) -> HttpResponse:
    """A case by its number or a contract by its ID at once; for anything else what was found."""
    typed = request.GET.get("q", "").strip()
    if address := case_address(typed, by=request.actor):
        return redirect(address)
    results = search(typed, by=request.actor)
    if results.contracts and results.contracts[0].contract_id.upper() == typed.upper():
        return redirect(results.contracts[0].url)
    return render(request, "search/search.html", {"typed": typed, "results": results})


@require_safe
def options(request: DeskRequest) -> JsonResponse:
    """The best of each kind for what has been typed so far; choosing one leads to `value`."""
    typed = request.GET.get("q", "").strip()
    if len(typed) < SHORTEST:
        return JsonResponse({"items": []})
    items = proposals(search(typed, most=PROPOSED, by=request.actor))
    every = f"{reverse('search')}?{urlencode({'q': typed})}"
    items.append({"value": every, "label": f"All results for “{typed}”", "hint": "Enter"})
    return JsonResponse({"items": items})


def proposals(results: Results) -> list[dict[str, str]]:
    """The results as one list, each with what it is."""
    cases = [
        (
            one.url,
            f"{one.number} {one.customer}",
            f"Case, {one.subtype}, {one.status.removeprefix(PROGRESS)}",
        )
        for one in results.cases
    ]
    contracts = [
        (one.url, f"{one.contract_id} {one.homeowner}", f"Contract, {one.address}, {one.status}")
        for one in results.contracts
    ]
    accounts = [
        (
            reverse("account", args=[one.pk]),
            one.name,
            ", ".join(part for part in (one.kind, one.found_by or one.place) if part),
        )
        for one in results.accounts
    ]
    jobs = [
        (reverse("account", args=[one.installer_id]), one.job_id, f"Job of {one.installer}")
        for one in results.jobs
    ]
    return [
        {"value": url, "label": label, "hint": hint}
        for url, label, hint in [*cases, *jobs, *accounts, *contracts]
    ]


def case_address(typed: str, *, by: Actor) -> str | None:
    """The address of the case with this number, however many zeros were typed (K6)."""
    number = CASE_NUMBER.fullmatch(typed)
    if number is None:
        return None
    case = visible_cases(by).filter(number=int(number[1])).only("number").first()
    return case.get_absolute_url() if case else None
