"""Editing a case's fields on the screen (H4, K2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.editing import GROUPS, EditForm
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Edit the fields of one group, such as `?group=customer`; without it the request."""
    case = access.get_bare_case(number, by=request.actor)
    # The form names all Orgs: people outside of Support never get to it, whatever they send (K6).
    if request.method == "GET" or not request.actor.is_support:
        access.require_edit(case, by=request.actor, to="edit it")
        access.require_open(case, to="edit it")
    group = request.GET.get("group", "")
    group = group if group in GROUPS else "request"
    draft = f"case/{case.number}/edit/{group}"
    form = EditForm(sent(request), case=case, group=group)
    form.initial.update(typed_before(request, draft, *form.names, *form.seen_names))
    return dialog(
        request,
        "cases/editing.html",
        case,
        form,
        lambda: edit_case(case, changes=form.changes(), seen=form.seen(), by=request.actor),
        said="The case was saved.",
        draft=draft,
        more=lambda: {"group": group, "subtypes": form.subtype_groups()},
    )
