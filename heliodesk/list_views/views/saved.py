"""Saved list views: all that one is offered; make, rename, share, delete, pin (V3)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heliodesk.list_views.access import get_view, require_keep
from heliodesk.list_views.forms.saving import DeletionForm, ListViewForm, shared_as
from heliodesk.list_views.models import ListView
from heliodesk.list_views.queries.views import offered
from heliodesk.list_views.rules import saving
from heliodesk.web.back import back_to
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.web.submit import See, carry_out


@require_safe
def list_views(request: DeskRequest) -> HttpResponse:
    """One's own views, those of one's teams, and everybody's."""
    found = offered(request.actor)
    others = [one for one in found if not one.own]
    groups = [
        ("mine", "Mine", [one for one in found if one.own]),
        ("teams", "My teams'", [one for one in others if one.team]),
        ("everybody", "Everybody's", [one for one in others if not one.team]),
    ]
    return render(request, "list_views/list_views.html", {"groups": groups})


@require_http_methods(["GET", "HEAD", "POST"])
def list_view_new(request: DeskRequest) -> HttpResponse:
    """Save what the list shows as a view."""
    return _form(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def list_view_edit(request: DeskRequest, key: int) -> HttpResponse:
    """Rename a view, and share it with others."""
    view = get_view(key, by=request.actor)
    require_keep(view, by=request.actor)
    return _form(request, view)


@require_POST
def list_view_changes(request: DeskRequest, key: int) -> HttpResponse:
    """Keep the filter, columns and order that the list shows now, under the name it has."""
    view = get_view(key, by=request.actor)
    form = DeletionForm(request.POST)

    def act() -> str:
        saving.save_list_view(
            view,
            name=view.name,
            query=request.POST.get("query", ""),
            shared_with=view.shared_with,
            queue=view.queue,
            department=view.department,
            by=request.actor,
        )
        return _address(view)

    form.full_clean()
    if done := carry_out(request, form, act, said=f"“{view.name}” was saved."):
        return done
    raise form.refusals[0]


@require_http_methods(["GET", "HEAD", "POST"])
def list_view_deletion(request: DeskRequest, key: int) -> HttpResponse:
    """Delete a view, when pressed."""
    view = get_view(key, by=request.actor)
    require_keep(view, by=request.actor)
    form = DeletionForm(request.POST if request.method == "POST" else None)
    said = f"“{view.name}” was deleted."

    def act() -> str:
        saving.delete_list_view(view, by=request.actor)
        return reverse("list_views")

    if form.is_bound and form.is_valid() and (done := carry_out(request, form, act, said=said)):
        return done
    context = {"view": view, "form": form, "pins": view.pins.count()}
    return render(request, "list_views/deletion.html", context, status=_status(form))


@require_POST
def pinning(request: DeskRequest, key: int) -> HttpResponse:
    """Put the view into one's rail, or take it out of it. A second press changes nothing (K3)."""
    view = get_view(key, by=request.actor)
    if request.POST.get("pinned") == "no":
        saving.unpin(view, by=request.actor)
    else:
        saving.pin(view, by=request.actor)
    return See(back_to(request, _address(view)))


def _form(request: DeskRequest, view: ListView | None) -> HttpResponse:
    start = {
        "name": view.name if view else "",
        "shared": shared_as(view) if view else "nobody",
        "pin": view is None or view.pk in counted(request).pinned,
        "query": view.query if view else request.GET.get("query", ""),
    }
    sent = request.POST if request.method == "POST" else None
    form = ListViewForm(sent, initial=start, by=request.actor, view=view)

    def act() -> str:
        typed = form.cleaned_data
        made = saving.save_list_view(
            view, name=typed["name"], query=typed["query"], **form.sharing(), by=request.actor
        )
        if not typed["pin"]:
            saving.unpin(made, by=request.actor)
        elif made.pk not in counted(request).pinned:
            saving.pin(made, by=request.actor)
        return _address(made)

    if form.is_bound and form.is_valid() and (done := carry_out(request, form, act)):
        return done
    context = {"form": form, "view": view, "back": _address(view) if view else reverse("cases")}
    return render(request, "list_views/saving.html", context, status=_status(form))


def _address(view: ListView) -> str:
    return f"{reverse('cases')}?view={view.pk}"


def _status(form: ListViewForm | DeletionForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
