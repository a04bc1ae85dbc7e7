"""The whole history of an account, page by page (D2)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.directory import access
from heliodesk.directory.queries import history
from heliodesk.directory.views.accounts import number
from heliodesk.web.requests import DeskRequest


@require_safe
def account_history(request: DeskRequest, pk: int, what: str) -> HttpResponse:
    """All cases, interactions or files of an account; `as=installer` gives an Org the homeowner
    cases that it installed."""
    by = request.actor
    account = access.get_account(pk, by=by)
    installed = account.is_installer and request.GET.get("as") == "installer"
    where = Q(installer=account) & ~Q(account=account) if installed else Q(account=account)
    before = number(request.GET.get("before"))
    rows: list[Any]
    if what == "cases":
        rows = list(history.case_page(where, before=before, by=by))
    elif what == "interactions":
        rows = list(history.interactions(where, before=before, limit=history.PAGE, by=by))
    else:
        rows = list(history.files(where, before=before, limit=history.PAGE, by=by))
    shown = rows[: history.PAGE]
    context = {
        "account": account,
        "what": what,
        "installed": installed,
        "rows": shown,
        "older": shown[-1].pk if len(rows) > history.PAGE else 0,
        "is_first": not before,
    }
    return render(request, "directory/history.html", context)
