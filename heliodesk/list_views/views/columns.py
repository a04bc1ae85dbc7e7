"""Choosing the columns of a list, and how wide they are (V3)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from heliodesk.core.forms import DeskForm
from heliodesk.core.refusal import Refused
from heliodesk.list_views.columns import columns as fields_of
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.rules.layout import (
    keep_columns,
    keep_widths,
    reset_layout,
    sound_columns,
)
from heliodesk.list_views.views.address import ListAddress, read_at
from heliodesk.list_views.views.list_page import fields_shown
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out

LONGEST = 4_000  # characters of the widths that a page sends


@dataclass(frozen=True, slots=True)
class Offered:
    """A field that may be a column; `place` is its number among those chosen, or empty."""

    name: str
    label: str
    section: str
    place: int | str


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: DeskRequest) -> HttpResponse:
    """Choose and order the columns. Those of a saved view, or of an address that names them, are
    put into the address; others are remembered for the person."""
    at = read_at(request.POST.get("at", "") or request.GET.get("at", ""), by=request.actor)
    form = DeskForm(request.POST if request.method == "POST" else None)
    chosen = _sent(request) if request.method == "POST" else _now(request, at)

    def act() -> str:
        if "reset" in request.POST:
            reset_layout(at.place.key, by=request.actor)
            return at.with_columns(())
        if at.view or at.columns:
            return at.with_columns(tuple(sound_columns(chosen)))
        keep_columns(at.place.key, chosen, by=request.actor)
        return at.here

    if request.method == "POST" and form.is_valid() and (done := carry_out(request, form, act)):
        return done
    known = list(fields_of(name for name in chosen if name in FIELDS))
    rest = [field for field in FIELDS.values() if field not in known]
    offered = [
        *(Offered(one.name, one.label, one.section, at_) for at_, one in enumerate(known, 1)),
        *(Offered(one.name, one.label, one.section, "") for one in rest),
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {
        "form": form,
        "at": at,
        "offered": offered,
        "in_address": bool(at.view or at.columns),
    }
    return render(request, "list_views/columns.html", context, status=status)


@require_POST
def widths(request: DeskRequest) -> HttpResponse:
    """Keep the widths that a page sends as JSON, in pixels by column."""
    at = read_at(request.POST.get("at", ""), by=request.actor)
    keep_widths(at.place.key, _widths(request.POST.get("widths", "")), by=request.actor)
    return See(at.here)


def _now(request: DeskRequest, at: ListAddress) -> list[str]:
    return [field.name for field in fields_shown(request, at)]


def _sent(request: DeskRequest) -> list[str]:
    """The ticked columns, by the numbers that were given them; those without follow as they are."""
    ticked = request.POST.getlist("column")

    def place(name: str) -> tuple[int, int]:
        number = request.POST.get(f"place.{name}", "")
        given = int(number) if number.isdecimal() and len(number) < 4 else 999
        return given, ticked.index(name)

    return sorted(ticked, key=place)


def _widths(text: str) -> dict[str, int]:
    try:
        found = json.loads(text[:LONGEST])
    except (ValueError, RecursionError) as error:  # the latter: nested too deep
        raise Refused(
            "widths_unreadable", "The widths were not understood. Load the page again.", rule="V3"
        ) from error
    return found if isinstance(found, dict) else {}
