"""A contact, and its forms (D1, D2)."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from heliodesk.directory import access
from heliodesk.directory.forms.keeping import ContactForm
from heliodesk.directory.queries import history, records
from heliodesk.directory.rules.contacts import add_contact, edit_contact
from heliodesk.directory.views.keeping import keep, prefilled
from heliodesk.web.requests import DeskRequest

NEW = ["name", "role", "phone", "email"]
NAMES = [*NEW, "is_active", "external_id"]


@require_safe
def contact(request: DeskRequest, pk: int) -> HttpResponse:
    """A person with their cases, interactions and files (D2)."""
    by = request.actor
    found = access.get_contact(pk, by=by)
    where = records.contact_cases(found)
    spoken, files = history.spoken_and_files(Q(contact=found), where, by=by)
    context = {
        "contact": found,
        "account": found.account,
        "cases": history.cases(where, by=by),
        "interactions": spoken,
        "files": files,
        "shown": history.SHOWN,
        "may_keep": by.keeps_directory,
        "may_add": by.is_support,
    }
    return render(request, "directory/contact.html", context)


@require_http_methods(["GET", "POST"])
def contact_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Add a contact to an account; frontline agents may too (D1)."""
    account = access.get_account(pk, by=request.actor)
    access.require_contact_adder(by=request.actor)
    initial, _, draft = prefilled(
        request, f"account/{pk}/contact", NEW, None,
        role="operations" if account.is_installer else "co_signer",
    )  # fmt: skip
    form = ContactForm(request.POST or None, new=True, initial=initial)

    def act() -> str:
        made = add_contact(account, values=form.values(), by=request.actor)
        return f"/contacts/{made.pk}/"

    return keep(
        request,
        form,
        act,
        title="New contact",
        sub=f"A person of {account.name}",
        back=f"/accounts/{pk}/",
        said="The contact was added.",
        draft=draft,
    )


@require_http_methods(["GET", "POST"])
def contact_edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Edit a contact."""
    found = access.get_contact(pk, by=request.actor)
    access.require_keeper(by=request.actor, to="edit contacts")
    initial, was, draft = prefilled(request, f"contact/{pk}/edit", NAMES, found)
    form = ContactForm(request.POST or None, new=False, initial=initial, seen=was)

    def act() -> str:
        edit_contact(found, values=form.values(), seen=form.seen, by=request.actor)
        return f"/contacts/{pk}/"

    return keep(
        request,
        form,
        act,
        title=f"Edit {found.name}",
        sub=f"A person of {found.account.name}",
        back=f"/contacts/{pk}/",
        said="The contact was saved.",
        draft=draft,
    )
