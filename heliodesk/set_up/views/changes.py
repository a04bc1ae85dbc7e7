"""The record of changes, for administrators to read (K4). Nobody adds or changes anything in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.core.refusal import Refused
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.changes import ChangesForm
from heliodesk.set_up.queries.change_words import kinds_known
from heliodesk.set_up.queries.changes import Changes, changes
from heliodesk.web.requests import DeskRequest


@set_up_view("GET", "HEAD")
def record_of_changes(request: DeskRequest) -> HttpResponse:
    """Who did what, when, from where."""
    form = ChangesForm(request.GET)
    found, refused = Changes([], ""), None
    if form.is_valid():
        try:
            found = changes(form.cleaned_data, request.GET.get("before", ""))
        except Refused as error:
            refused = error
    kept = request.GET.copy()
    kept.pop("before", None)
    newest = f"{request.path}?{kept.urlencode()}"
    if found.older:
        kept["before"] = found.older
    context = {
        "form": form,
        "changes": found.rows,
        "refused": refused,
        "filtered": any(value not in (None, "") for value in form.cleaned_data.values()),
        "newest": newest if "before" in request.GET else "",
        "older": f"{request.path}?{kept.urlencode()}" if found.older else "",
        "kinds": kinds_known(),
    }
    return render(
        request, "set_up/changes.html", context, status=refused.status if refused else 200
    )
