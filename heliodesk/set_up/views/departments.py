"""Departments, their members, topics and follow-up contacts, on the screen of administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.core.addresses import address
from heliodesk.core.refusal import NotFound
from heliodesk.people.models import Department, DepartmentMembership, FollowUpContact
from heliodesk.people.rules.departments import add_contact, put_contact_first, remove_contact
from heliodesk.people.rules.leaving import leave_department
from heliodesk.people.rules.membership import join_department
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.places import ContactForm
from heliodesk.set_up.queries import choices, places
from heliodesk.set_up.queries.picking import follow_up_people
from heliodesk.set_up.views.choice_lists import show_list
from heliodesk.set_up.views.members import members_new
from heliodesk.set_up.views.saving import pressed, saved
from heliodesk.web.requests import DeskRequest


@set_up_view("GET", "HEAD")
def departments(request: DeskRequest) -> HttpResponse:
    """All of them, in their order."""
    context = {
        "title": "Departments",
        "sub": "Teams outside Support, which are asked for their part by case assignments.",
        "rows": places.departments(),
        "kind": "departments",
        "columns": ["Members", "Contacts", "Open assignments"],
        "below": "set_up_department",
    }
    return show_list(request, context)


@set_up_view("GET", "HEAD")
def department(request: DeskRequest, pk: int) -> HttpResponse:
    """One of them, with its members and contacts."""
    found = places.department(pk)
    if found is None:
        raise _no_such_department()
    context = {
        "department": found,
        "members": places.members_of(found),
        "contacts": places.contacts_of(found),
    }
    return render(request, "set_up/department.html", context)


@set_up_view("GET", "HEAD")
def topics(request: DeskRequest, pk: int) -> HttpResponse:
    """The topics of a department, by which it divides its follow-up contacts."""
    found = _found(pk)
    context = {
        "title": "Topics",
        "sub": f"By which {found.name} divides its follow-up contacts (F1): where it has any, each "
        "assignment says one.",
        "rows": choices.topics(found),
        "kind": "departments/topics",
        "of": found.pk,
        "columns": ["Contacts"],
        "crumbs": [
            ("Departments", address("set_up_departments")),
            (found.name, address("set_up_department", found.pk)),
        ],
    }
    return show_list(request, context)


@set_up_view()
def department_members_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Let more people belong to it."""
    return members_new(
        request,
        _found(pk),
        join=join_department,
        back=address("set_up_department", pk),
        nothing="Everybody belongs to it already.",
    )


@set_up_view("POST")
def department_member_gone(request: DeskRequest, pk: int, user: int) -> HttpResponse:
    """Take somebody out; a second press changes nothing (K3)."""
    mine = DepartmentMembership.objects.filter(department=_found(pk), user=user)

    def act() -> None:
        for membership in mine.select_related("department", "user"):
            leave_department(membership, by=request.actor)

    said = "They belong to this department no more."
    return pressed(request, act, back=address("set_up_department", pk), said=said)


@set_up_view()
def contact_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Have follow-ups tag one more."""
    found = _found(pk)
    topics = found.topics.filter(is_active=True)
    sent = request.POST if request.method == "POST" else None
    form = ContactForm(sent, people=follow_up_people(found.pk), topics=topics)

    def act() -> str:
        chosen = form.cleaned_data
        add_contact(found, chosen["person"], topic=chosen["topic"], by=request.actor)
        return address("set_up_department", pk)

    return saved(
        request, form, act, "set_up/contact_new.html", said="The contact is saved.",
        department=found, topics=list(topics),
    )  # fmt: skip


@set_up_view("POST")
def contact_gone(request: DeskRequest, pk: int, contact: int) -> HttpResponse:
    """Have follow-ups tag somebody no more; a second press changes nothing (K3)."""
    return _with_contact(request, pk, contact, remove_contact, said="They are tagged no more.")


@set_up_view("POST")
def contact_first(request: DeskRequest, pk: int, contact: int) -> HttpResponse:
    """Put somebody first; a second press changes nothing (K3)."""
    return _with_contact(request, pk, contact, put_contact_first, said="They stand first now.")


def _with_contact(
    request: DeskRequest, pk: int, contact: int, rule: Callable[..., Any], *, said: str
) -> HttpResponse:
    of_department = FollowUpContact.objects.filter(department=_found(pk), pk=contact)

    def act() -> None:
        for one in of_department.select_related("department", "topic", "user"):
            rule(one, by=request.actor)

    return pressed(request, act, back=address("set_up_department", pk), said=said)


def _found(pk: int) -> Department:
    department = Department.objects.filter(pk=pk).first()
    if department is None:
        raise _no_such_department()
    return department


def _no_such_department() -> NotFound:
    said = "There is no such department. Look at the list."
    return NotFound("department_not_found", said, rule="A1")
