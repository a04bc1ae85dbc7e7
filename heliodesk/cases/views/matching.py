"""Matching cases beside a form, while it is being filled in (B4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from heliodesk.cases import access
from heliodesk.cases.queries.duplicates import Issue, matching
from heliodesk.cases.queries.not_on_record import MaybeTheirs, Somebody, contracts_for
from heliodesk.core.forms import DeskForm
from heliodesk.web.requests import DeskRequest

NUMBERS = ("account", "contract", "contact", "org")
#: How the forms call what an issue is told by.
OF_FORM = {
    "request_type": "type",
    "request_subtype": "subtype",
    "contact": "contact",
    "description": "description",
    "about": "description",
    "name": "name",
}


@require_safe
def matching_cases(request: DeskRequest) -> HttpResponse:
    """The panel alone, for a form that is being filled in; its fields and what it is about come
    in the address."""
    access.require_support(by=request.actor, to="look for matching cases")
    given = request.GET
    issue = with_values(Issue(), {name: given.get(name, "") for name in NUMBERS})
    issue = with_values(issue, {OF_FORM[name]: given[name] for name in OF_FORM if given.get(name)})
    context = {
        "matches": matching(issue, by=request.actor),
        "maybe_theirs": maybe_theirs(request, given),
        "form_id": "new-case",
        "dismissed": "",  # what is ticked stays ticked on the page
        "leave": True,
        "ask": "about" not in given,
    }
    return render(request, "cases/matching_cases.html", context)


def matches_for(request: DeskRequest, issue: Issue, base: Mapping[str, int]) -> dict[str, Any]:
    """The matching cases for a page, and the address that gives them anew."""
    return {
        "matches": matching(issue, by=request.actor),
        "similar": f"{reverse('matching_cases')}?{urlencode(base)}",
        "dismissed": request.POST.get("none_of_these", ""),
    }


def issue_of(base: Mapping[str, int], form: DeskForm) -> Issue:
    """The issue as far as the form tells it, bound or filled in."""
    values = {OF_FORM[name]: form[name].value() for name in OF_FORM if name in form.fields}
    return with_values(with_values(Issue(), base), values)


def with_values(issue: Issue, values: Mapping[str, Any]) -> Issue:
    """The issue with those of the values that say something; numbers only where numbers are."""
    known = {field.name for field in fields(Issue)}
    found: dict[str, Any] = {}
    for name, value in values.items():
        said = str(value or "").strip()
        if name in {"description", "name"} and said:
            found[name] = said
        elif name in known and said.isascii() and said.isdecimal() and len(said) < 19:
            found[name] = int(said)
    return replace(issue, **found)


def maybe_theirs(request: DeskRequest, given: Mapping[str, str]) -> list[MaybeTheirs]:
    """Contracts with the name, address or phone typed for somebody not on record (N5)."""
    somebody = Somebody(
        name=given.get("name", ""),
        phone=given.get("phone", ""),
        address=given.get("property_address", ""),
    )
    return contracts_for(somebody, by=request.actor)
