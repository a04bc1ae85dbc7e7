"""Handing on the cases of somebody who is away, several at once (Q5)."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from heliodesk.cases.forms.handing_over import HandOverForm
from heliodesk.cases.queries import handing_over as query
from heliodesk.cases.rules.ownership import HandedOver, hand_over_several
from heliodesk.cases.views.dialogs import sent
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_http_methods(["GET", "POST"])
def handing_over(request: DeskRequest, user_id: int) -> HttpResponse:
    """A person's open cases, to be handed on to somebody else or to a queue."""
    person = query.person(user_id, by=request.actor)
    cases = query.open_cases_of(person)
    count = cases.count()
    form = HandOverForm(sent(request), owner=f"user-{person.pk}", of=cases, count=count)
    results: list[HandedOver] = []

    def act() -> str:
        chosen = form.cleaned_data
        results.extend(
            hand_over_several(
                form.cases(), to=chosen["to"], reason=chosen["reason"], by=request.actor
            )
        )
        return reverse("handing_over", args=[person.pk])

    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act)
        if done:
            _say(request, results)
            return done
    context = {"person": person, "form": form, "rows": query.shown(cases), "count": count}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "cases/handing_over.html", context, status=status)


def _say(request: DeskRequest, results: list[HandedOver]) -> None:
    """The result of each case that was refused, and how many were handed on (K5)."""
    refused = [result for result in results if result.refused]
    handed = len(results) - len(refused)
    if handed:
        were = "case was" if handed == 1 else "cases were"
        messages.success(request, f"{handed} {were} handed on.")
    for result in refused:
        if result.refused:
            text = f"Case {result.case}: {result.refused.message} ({result.refused.rule})"
            messages.error(request, text)
