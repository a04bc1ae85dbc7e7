"""The form of what is done to several cases, the question before many, and beginning it (V3)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.bulk import words
from heliodesk.bulk.forms.acts import FORMS, BulkForm, selection_of
from heliodesk.bulk.models import BulkAction
from heliodesk.bulk.queries.selected import Estimate, estimate
from heliodesk.bulk.rules.acts import doing
from heliodesk.bulk.rules.running import carry_on
from heliodesk.bulk.rules.starting import FEW, start_bulk_action
from heliodesk.core.addresses import address
from heliodesk.web.back import back_to, own
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out

AT_ONCE = 1.0  # seconds for which the browser waits; a worker does the rest
ASKED = ("act", "cases", "everything", "filter", "back")


@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """What to do to the selected cases: its form; for many the question whether all are meant."""
    asked = request.POST if request.method == "POST" else request.GET
    act = asked.get("act", "")
    doing(act).require_permitted(request.actor)
    if request.method == "POST":
        return begun(request, request.POST)
    form = FORMS[act](initial={name: asked.get(name, "") for name in ASKED})
    over = selection_of({name: asked.get(name, "") for name in ASKED})
    return _page(request, form, estimate(act, over, by=request.actor))


def begun(request: DeskRequest, sent: Mapping[str, Any]) -> HttpResponse:
    """Begin what was sent and lead to what came of it; or show the form again, or the question."""
    if not isinstance(sent, QueryDict):
        fields = QueryDict(mutable=True)
        fields.update(sent)
        sent = fields
    act = str(sent.get("act", ""))
    doing(act).require_permitted(request.actor)
    form = FORMS[act](sent)
    valid = form.is_valid()
    over = selection_of(form.cleaned_data)
    known = estimate(act, over, by=request.actor)
    if not valid:
        return _page(request, form, known, HTTPStatus.UNPROCESSABLE_ENTITY)
    to_keep = doing(act).to_keep
    begun_now: list[BulkAction] = []

    def act_on_them() -> str:
        begun_now.append(
            start_bulk_action(
                act,
                over=over,
                arguments=form.arguments(),
                confirmed=form.cleaned_data["confirmed"],
                by=request.actor,
            )
        )
        return address("bulk_action", begun_now[-1].pk)

    done = carry_out(request, form, act_on_them)
    if done is None and form.refusals[-1].code == "how_many":
        return _question(request, form, known, words.what(act, to_keep(form.arguments())))
    if done is None:
        return _page(request, form, known, form.refusals[-1].status)
    return finished(request, begun_now[-1], form.cleaned_data["back"]) if begun_now else done


def finished(request: DeskRequest, action: BulkAction, back: str = "") -> HttpResponse:
    """Few cases are done at once: `back` to the list where nothing was refused."""
    there = address("bulk_action", action.pk)
    if action.total > FEW or not carry_on(action.pk, seconds=AT_ONCE):
        return See(there)
    action.refresh_from_db()
    if action.refused or action.nothing:
        return See(there)
    messages.success(request, words.done(action))
    return See(own(back, there))


def _page(
    request: DeskRequest, form: BulkForm, known: Estimate, status: int = HTTPStatus.OK
) -> HttpResponse:
    act = str(form["act"].value())
    context = {
        "form": form,
        "act": act,
        "known": known,
        "back": back_to(request, "/"),
    }
    return render(request, "bulk/new.html", context, status=status)


def _question(request: DeskRequest, form: BulkForm, known: Estimate, what: str) -> HttpResponse:
    sent = [
        (name, value)
        for name, values in form.data.lists()  # type: ignore[attr-defined]  # a QueryDict
        if name not in {"confirmed", "csrfmiddlewaretoken"}
        for value in values
    ]
    context = {
        "sent": sent,
        "act": form.cleaned_data["act"],
        "what": what,
        "known": known,
        "back": back_to(request, "/"),
        "everything": form.cleaned_data["everything"],
        "grown": form.cleaned_data["confirmed"],
    }
    return render(request, "bulk/question.html", context, status=HTTPStatus.OK)
