"""A new case assignment on the screen, in two steps (A1, A2, A3)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods
from markupsafe import Markup

from heliodesk.assignments.forms.new_assignment import NewAssignmentForm, fitting
from heliodesk.assignments.queries.managers import (
    ProposedManagers,
    org_id_of,
    proposed_managers,
)
from heliodesk.assignments.queries.offered import Offered, chosen, departments_for, offered_by
from heliodesk.assignments.queries.suggested import Suggested, suggested
from heliodesk.assignments.rules.creating import create_assignment
from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.cases.views.dialogs import sent, status_of
from heliodesk.core.picking import chosen_as
from heliodesk.core.refusal import Refused
from heliodesk.directory.queries.picking import managers as managers_to_pick
from heliodesk.drafts import keep
from heliodesk.feed.markdown import render as to_html
from heliodesk.people.access import Actor
from heliodesk.people.models import Department
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out

#: The button of the second step that leads back to the first, and keeps what was typed.
BACK = "back"
RELATED = (
    "account", "installer", "owner_queue", "request_type",
    "request_subtype__suggested_department", "request_subtype__suggested_reason__department",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def assignment_new(request: DeskRequest, number: int) -> HttpResponse:
    """Ask a department for one action: choose it first, then fill in what it wants."""
    case = find(number, by=request.actor)
    if request.method == "GET" or not request.actor.is_support:
        # What the form offers is not for whoever may never assign; others keep what they typed.
        access.require_assign(case, by=request.actor, to="assign it to a department")
    if request.method == "GET":
        access.require_open(case, to="assign it to a department")
    if request.method == "POST" and BACK in request.POST:
        typed = {name: request.POST.get(name, "") for name in NewAssignmentForm.NAMES}
        keep.keep(draft_of(case), typed, by=request.actor)
        return choose(request, case)
    slug = request.GET.get("department")
    department = Department.objects.filter(slug=slug, is_active=True).first() if slug else None
    if department is not None:
        return fill_in(request, case, department)
    unknown = slug is not None or request.method == "POST"
    return choose(request, case, refused=not_offered(slug or "") if unknown else None)


def choose(request: DeskRequest, case: Case, refused: Refused | None = None) -> HttpResponse:
    """The first step: the departments, the one that was chosen before or is suggested marked."""
    advice = suggested(case)
    typed = keep.kept(draft_of(case), by=request.actor)
    usual = advice.department.slug if advice.department else ""
    context = {
        "case": case,
        "departments": departments_for(case),
        "refused": refused,
        "chosen": typed.get("department") or usual,
        "typed": bool(typed.get("comments")),
        **told(case, advice),
    }
    status = refused.status if refused else HTTPStatus.OK
    return render(request, "assignments/choosing.html", context, status=status)


def fill_in(request: DeskRequest, case: Case, department: Department) -> HttpResponse:
    """The second step: the fields which the department wants, and saving them."""
    people = managers_to_pick(
        department_id=department.pk,
        org_id=org_id_of(case) or 0,
        my_queues=request.actor.queue_ids,
    )
    form = NewAssignmentForm(sent(request), managers=people)
    if request.method == "POST" and form.is_valid():
        done = carry_out(
            request,
            form,
            lambda: created(request, case, department, form),
            draft=draft_of(case),
        )
        if done:
            return done
    offered = offered_by(department)
    advice = suggested(case)
    managers = proposed_managers(case) if department.wants_managers else None
    if request.method == "GET":
        typed = fitting(keep.kept(draft_of(case), by=request.actor), offered)
        form.initial.update(known(department, offered, advice, managers) | typed)
        form.initial["department"] = department.slug
        form.begin_at(first_empty(form.initial, offered))
    form.offer(offered, department)
    context = {
        "case": case,
        "form": form,
        "department": department,
        "offered": offered,
        "managers": managers,
        "draft": draft_of(case),
        **told(case, advice),
    }
    return render(request, "assignments/creating.html", context, status=status_of(request, form))


def created(
    request: DeskRequest, case: Case, department: Department, form: NewAssignmentForm
) -> str:
    """Create the assignment, say so with a link back to the case (A3), and lead to its tab."""
    made = create_assignment(
        case, department=department, **chosen(form.cleaned_data), by=request.actor
    )
    address = case.get_absolute_url()
    said = '{} asks {}: its members are told, and case <a href="{}">{}</a> is Internal Referral.'
    messages.success(request, format_html(said, made, department, address, case.display_number))
    return f"{address}?tab=assignments"


def known(
    department: Department,
    offered: Offered,
    advice: Suggested,
    managers: ProposedManagers | None,
) -> dict[str, Any]:
    """What need not be chosen: the suggested reason (A1), the managers (A2), and what there is
    only one of."""
    values: dict[str, Any] = {}
    for name, options in (("reason", offered.reasons), ("topic", offered.topics)):
        if len(options) == 1:
            values[name] = options[0][0]
    if advice.department == department and advice.reason is not None:
        values["reason"] = advice.reason.pk
    if managers is not None:
        for name in ("account_manager", "sales_manager"):
            manager = getattr(managers, name)
            values |= chosen_as(name, manager.pk, manager.name) if manager else {}
    return values


def first_empty(values: Mapping[str, Any], offered: Offered) -> str:
    """The field that has still to be filled in first, which takes the focus."""
    with_subtypes = {pk for pk, _, _ in offered.subtypes}
    wanted = {
        "reason": True,
        "subtype": values.get("reason") in with_subtypes,
        "topic": bool(offered.topics),
        "comments": True,
    }
    return next((name for name, asked in wanted.items() if asked and not values.get(name)), "")


def told(case: Case, advice: Suggested) -> dict[str, Any]:
    """The SOP of the case's request, as both steps show it (A1)."""
    return {
        "request_words": f"{case.request_type.name}: {case.request_subtype.name}",
        "sop": Markup(to_html(advice.sop_text)),  # noqa: S704 - rendered safely
        "advice": advice,
        "address": reverse("assignment_new", args=[case.display_number]),
    }


def find(number: int, *, by: Actor) -> Case:
    """The case with what its suggestion and its managers hang on, in one statement (K6)."""
    found = access.visible_cases(by).select_related(*RELATED).filter(number=number).first()
    if found is None:
        raise access.not_visible(number)
    return found


def draft_of(case: Case) -> str:
    """The key of what is being typed (C5): one for the case, whichever the department."""
    return f"case/{case.number}/assignment"


def not_offered(slug: str) -> Refused:
    """What is said of a department that there is not."""
    words = "Choose the department."
    if slug:
        words = f"There is no department “{slug}” that takes assignments. Choose another."
    return Refused("department_missing", words, rule="A1", field="department")
