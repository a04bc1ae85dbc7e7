"""Quick texts on the screen: the list, the form, and what is proposed while one types (W3)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_http_methods, require_safe

from heliodesk.assignments.access import get_assignment
from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core.refusal import NotFound
from heliodesk.people.access import Actor
from heliodesk.quick_texts.facts import FACTS
from heliodesk.quick_texts.forms.quick_text import DeletionForm, QuickTextForm
from heliodesk.quick_texts.models import QuickText
from heliodesk.quick_texts.queries.quick_texts import proposals, quick_texts_of
from heliodesk.quick_texts.rules.quick_text import (
    delete_quick_text,
    get_quick_text,
    keep_quick_text,
)
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_safe
def quick_texts(request: DeskRequest) -> HttpResponse:
    """One's own quick texts and the shared ones."""
    found = list(quick_texts_of(request.actor))
    context = {
        "mine": [one for one in found if one.owner_id is not None],
        "shared": [one for one in found if one.owner_id is None],
        "may_share": request.actor.is_supervisor,
    }
    return render(request, "quick_texts/quick_texts.html", context)


@require_http_methods(["GET", "POST"])
def quick_text_new(request: DeskRequest) -> HttpResponse:
    """Write a new one."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
def quick_text_edit(request: DeskRequest, key: int) -> HttpResponse:
    """Write one anew."""
    return _form(request, get_quick_text(key, by=request.actor))


@require_http_methods(["GET", "POST"])
def quick_text_deletion(request: DeskRequest, key: int) -> HttpResponse:
    """Delete one, when pressed."""
    found = get_quick_text(key, by=request.actor)
    form = DeletionForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        delete_quick_text(found, by=request.actor)
        return reverse("quick_texts")

    valid = request.method == "POST" and form.is_valid()
    if valid and (done := carry_out(request, form, act, said=f"“{found.name}” was deleted.")):
        return done
    context = {"quick_text": found, "form": form}
    return render(request, "quick_texts/deletion.html", context, status=_status(request))


@require_safe
def options(request: DeskRequest) -> JsonResponse:
    """What is proposed for `q`, filled in for the case of the page `at`."""
    case = _case_at(request.GET.get("at", ""), by=request.actor)
    return JsonResponse({"items": proposals(request.GET.get("q", ""), case, by=request.actor)})


def _form(request: DeskRequest, found: QuickText | None) -> HttpResponse:
    kept = {"name": found.name, "text": found.text, "shared": not found.owner_id} if found else {}
    sent = request.POST if request.method == "POST" else None
    form = QuickTextForm(sent, initial=kept, may_share=request.actor.is_supervisor)

    def act() -> str:
        keep_quick_text(
            found,
            name=form.cleaned_data["name"],
            text=form.cleaned_data["text"],
            shared=form.cleaned_data.get("shared", False),
            by=request.actor,
        )
        return reverse("quick_texts")

    valid = request.method == "POST" and form.is_valid()
    if valid and (done := carry_out(request, form, act, said="The quick text was saved.")):
        return done
    context = {"form": form, "quick_text": found, "facts": FACTS}
    return render(request, "quick_texts/quick_text.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK


def _case_at(address: str, *, by: Actor) -> Case | None:
    """The case that a page of the desk is about, where it is one and `by` may see it."""
    try:
        number = resolve(address).kwargs["number"]
        if address.startswith("/assignments/"):
            number = get_assignment(number, by=by).case.number
        return access.get_case(number, by=by)
    except (Resolver404, KeyError, NotFound):
        return None
