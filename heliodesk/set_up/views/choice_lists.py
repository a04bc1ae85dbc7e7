"""The lists that people choose from, on the screen of administrators (H4, X1, A1)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.cases.models import RequestType
from heliodesk.core.addresses import address
from heliodesk.core.refusal import NotFound
from heliodesk.people.models import ReferralReason
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.queries import choices as queries
from heliodesk.set_up.views.choice_kinds import KINDS
from heliodesk.web.requests import DeskRequest


@set_up_view("GET", "HEAD")
def request_types(request: DeskRequest) -> HttpResponse:
    """What customers ask for."""
    context = {
        "title": "Request types",
        "sub": "The reason for which a customer contacts Support. Each has its subtypes.",
        "rows": queries.request_types(),
        "kind": "request-types",
        "columns": ["Offered on", "Subtypes"],
        "below": "request_type",
    }
    return show_list(request, context)


@set_up_view("GET", "HEAD")
def request_type(request: DeskRequest, pk: int) -> HttpResponse:
    """A request type with its subtypes."""
    found = RequestType.objects.filter(pk=pk).first()
    if found is None:
        raise _no_such("request type")
    retired = "" if found.is_active else "Retired: neither it nor its subtypes are offered. "
    context = {
        "title": found.name,
        "sub": f"{retired}Its subtypes, with what the SOP says of them.",
        "rows": queries.request_subtypes(found),
        "kind": "request-types/subtypes",
        "of": found.pk,
        "columns": ["SOP", "Suggests"],
        "crumbs": [("Request types", address("request_types"))],
        "edit": address("choice_edit", "request-types", found.pk),
    }
    return show_list(request, context)


@set_up_view("GET", "HEAD")
def closed_reasons(request: DeskRequest) -> HttpResponse:
    """With what cases are closed."""
    context = {
        "title": "Closed Reasons",
        "sub": "One of them is chosen for each case that is closed.",
        "rows": queries.closed_reasons(),
        "kind": "closed-reasons",
    }
    return show_list(request, context)


@set_up_view("GET", "HEAD")
def case_sources(request: DeskRequest) -> HttpResponse:
    """How customers reach Support."""
    context = {
        "title": "Case sources",
        "sub": "How the customer reached Support.",
        "rows": queries.case_sources(),
        "kind": "case-sources",
        "columns": ["Chosen after an interaction by"],
    }
    return show_list(request, context)


@set_up_view("GET", "HEAD")
def referral_reasons(request: DeskRequest) -> HttpResponse:
    """What departments are asked for, one department at a time."""
    departments = queries.departments_asked()
    slug = request.GET.get("department", "")
    found = next((one for one in departments if one.slug == slug), None)
    if found is None and (slug or not departments):
        if slug:
            raise _no_such("department")
        return render(request, "set_up/no_departments.html")
    shown = found or departments[0]
    own = address("referral_reasons")
    tabs = [
        {"key": one.slug, "label": one.name, "url": f"{own}?department={one.slug}",
         "count": one.offered, "note": "" if one.is_active else "retired"}  # type: ignore[attr-defined]  # annotated
        for one in departments
    ]  # fmt: skip
    context = {
        "title": "Referral reasons",
        "sub": "What each department is asked for in a case assignment.",
        "rows": queries.referral_reasons(shown),
        "kind": "referral-reasons",
        "of": shown.pk,
        "columns": ["Subtypes"],
        "below": "referral_reason",
        "tabs": tabs,
        "tab": shown.slug,
    }
    return show_list(request, context)


@set_up_view("GET", "HEAD")
def referral_reason(request: DeskRequest, pk: int) -> HttpResponse:
    """A referral reason with its subtypes."""
    found = ReferralReason.objects.select_related("department").filter(pk=pk).first()
    if found is None:
        raise _no_such("referral reason")
    of = found.department
    context = {
        "title": found.name,
        "sub": "Its subtypes: where there are any, one of them is chosen.",
        "rows": queries.referral_subtypes(found),
        "kind": "referral-reasons/subtypes",
        "of": found.pk,
        "crumbs": [
            ("Referral reasons", address("referral_reasons")),
            (of.name, f"{address('referral_reasons')}?department={of.slug}"),
        ],
        "edit": address("choice_edit", "referral-reasons", found.pk),
    }
    return show_list(request, context)


def show_list(request: DeskRequest, context: dict[str, object]) -> HttpResponse:
    """The page of a list, whose template says what it reads."""
    usual = {"columns": [], "crumbs": [], "tabs": [], "below": "", "of": "", "edit": ""}
    noun = KINDS[str(context["kind"])].noun
    return render(request, "set_up/choices.html", usual | {"noun": noun} | context)


def _no_such(noun: str) -> NotFound:
    return NotFound("choice_not_found", f"There is no such {noun}. Look at the list.", rule="K7")
