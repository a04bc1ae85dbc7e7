"""What is held of a homeowner: looked at, exported, erased. For administrators."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heliodesk.core.addresses import address
from heliodesk.directory.access import get_account
from heliodesk.directory.models import Account
from heliodesk.people.access import require_administrator
from heliodesk.personal_data.archive import archive
from heliodesk.personal_data.forms.erasing import ErasureForm
from heliodesk.personal_data.queries.held import held
from heliodesk.personal_data.rules.erasing import erase_homeowner, not_a_homeowner
from heliodesk.personal_data.rules.exporting import export_homeowner
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_safe
def homeowner(request: DeskRequest, pk: int) -> HttpResponse:
    """What there is, and what can be done with it."""
    account = _account(request, pk)
    context = {"account": account, "held": held(pk)}
    return render(request, "personal_data/homeowner.html", context)


@require_POST
def export(request: DeskRequest, pk: int) -> HttpResponseBase:
    """All of it as a ZIP file. Each time is on record, so it is no address to be opened."""
    made = archive(export_homeowner(pk, by=request.actor))
    return FileResponse(made, as_attachment=True, filename=f"homeowner-{pk}.zip")


@require_http_methods(["GET", "POST"])
def erasure_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask for the name, then erase."""
    account = _account(request, pk)
    form = ErasureForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        erase_homeowner(pk, typed=form.cleaned_data["typed"], by=request.actor)
        return address("account", pk)

    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act, said="The homeowner was erased.")
        if done:
            return done
    context = {"account": account, "form": form, "held": held(pk)}
    status = 422 if request.method == "POST" else 200
    return render(request, "personal_data/erasure_new.html", context, status=status)


def _account(request: DeskRequest, pk: int) -> Account:
    require_administrator(by=request.actor, to="see all that is held of a homeowner")
    account = get_account(pk, by=request.actor)
    if account.is_installer:
        raise not_a_homeowner()
    return account
