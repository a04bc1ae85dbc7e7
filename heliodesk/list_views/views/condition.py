"""Adding a condition to the filter of a list, and changing one (V3)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.core.picking import one_line
from heliodesk.core.refusal import Refused
from heliodesk.list_views.fields import FIELDS, Field
from heliodesk.list_views.filters import Condition
from heliodesk.list_views.filters.operators import operators
from heliodesk.list_views.forms.condition import condition_sent, values_of
from heliodesk.list_views.views import picked
from heliodesk.list_views.views.address import FORM, ListAddress, read_at
from heliodesk.list_views.views.chips import named, put, take_out
from heliodesk.list_views.views.suggesting import suggestions
from heliodesk.list_views.views.words import NAMED, UNITS
from heliodesk.web.requests import DeskRequest

GROUPS = {
    "all": "Must hold, like the others",
    "any": "One of several may hold",
    "none": "Must not hold",
}
NOTHING: dict[str, Any] = {
    "op": "", "values": (), "text": "", "amount": "", "unit": "", "first": "", "last": "",
}  # fmt: skip


@require_safe
def condition(request: DeskRequest) -> HttpResponse:
    """Choose a field, then how it is compared and with what; done, the list with the condition.

    It asks by GET only: a filter is an address, nothing is changed.
    """
    asked = request.GET
    at = read_at(asked.get("at", ""), by=request.actor)
    was = asked.get("was", "")
    before = _before(at, asked.get("group", ""), was)
    field = FIELDS.get(asked.get("field", "") or (before.field if before else ""))
    if field is None:
        typed = asked.get("q", "").strip()
        context = {"at": at, "typed": typed, "found": suggestions(typed, at, by=request.actor)}
        return render(request, "list_views/field.html", context | {"sections": _sections(at)})
    refusal = None
    if "add" in asked:
        try:
            made = condition_sent(field, picked.resolved(asked, field, by=request.actor))
            return HttpResponseRedirect(_with(at, made, asked))
        except Refused as refused:
            refusal = refused
    return _form(request, at, field, before, refusal)


@require_safe
def options(request: DeskRequest) -> JsonResponse:
    """What fits while one types: whole conditions, and fields; choosing one leads to `value`."""
    at = read_at(request.GET.get("at", ""), by=request.actor)
    found = suggestions(request.GET.get("q", ""), at, by=request.actor)
    items = [{"value": one.url, "label": one.label, "hint": one.hint} for one in found]
    return JsonResponse({"items": items})


def _form(
    request: DeskRequest, at: ListAddress, field: Field, before: Condition | None,
    refusal: Refused | None,
) -> HttpResponse:  # fmt: skip
    asked = request.GET
    start: dict[str, Any] = NOTHING | (dict(values_of(before)) if before else {})
    if refusal:
        start |= {name: asked.get(name, "") for name in ("op", "amount", "unit", "first", "last")}
        start |= {"text": asked.get("value", ""), "values": tuple(asked.getlist("value"))}
    context = {
        "at": at,
        "field": field,
        "operators": operators(field),
        "start": start,
        "options": picked.options(asked, field, start["values"], by=request.actor),
        "source": picked.source_of(field, by=request.actor),
        "typed": one_line(asked.get("name", "")),
        "groups": _groups(at),
        "group": asked.get("group", "") or "all",
        "was": asked.get("was", ""),
        "refusal": refusal,
        "named": NAMED,
        "units": {key: many for key, (_, many) in UNITS.items()},
        "back": at.here,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "list_views/condition.html", context, status=status)


def _with(at: ListAddress, made: Condition, asked: Any) -> str:
    """The list with the condition, in the place of the one that was changed."""
    group, came_from, was = (asked.get(name, "") for name in ("group", "from", "was"))
    group = group or "all"
    if was and came_from != group:
        return at.of(take_out(put(at.filter, group, made), came_from, was))
    return at.of(put(at.filter, group, made, was))


def _before(at: ListAddress, group: str, was: str) -> Condition | None:
    """The condition that is changed."""
    for one, name in named(at.filter):
        if name == group:
            return next((each for each in one.conditions if each.text == was), None)
    return None


def _groups(at: ListAddress) -> list[tuple[str, str]]:
    """The groups that a condition may go into: those there are, and a new one of each mode."""
    found = [("all", GROUPS["all"])]
    there = {name: group for group, name in named(at.filter)}
    for mode in ("any", "none"):
        mine = [name for name in there if name.partition(".")[0] == mode]
        for name in mine:
            of = ", ".join(FIELDS[one.field].label for one in there[name].conditions)
            found.append((name, f"{GROUPS[mode]}: with {of}"))
        fresh = f"{mode}.{len(mine) + 1}" if mine else mode
        found.append((fresh, f"{GROUPS[mode]}{': a new group' if mine else ''}"))
    return found


def _sections(at: ListAddress) -> list[tuple[str, list[tuple[str, str]]]]:
    """The fields by section, each with the address of its form."""
    found: dict[str, list[tuple[str, str]]] = {}
    for field in FIELDS.values():
        url = f"{FORM}?{urlencode({'at': at.here, 'field': field.name})}"
        found.setdefault(field.section, []).append((field.label, url))
    return list(found.items())
