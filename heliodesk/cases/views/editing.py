"""Editing a case's fields on the screen (H4, K2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.editing import GROUPS, UNITS, EditForm
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.core.picking import sent_names
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Edit the fields of one group, such as `?group=customer`, or `?field=priority` alone, as the
    case page does in its place; without either the request."""
    case = access.get_bare_case(number, by=request.actor)
    # The form names all Orgs: people outside of Support never get to it, whatever they send (K6).
    if request.method == "GET" or not request.actor.is_support:
        access.require_edit(case, by=request.actor, to="edit it")
        access.require_open(case, to="edit it")
    field, group = request.GET.get("field", ""), request.GET.get("group", "")
    names = UNITS.get(field) or GROUPS.get(group) or GROUPS["request"]
    # Several may be open at once on the case page, each with IDs of its own.
    part = names[0] if field in UNITS else group if group in GROUPS else "request"
    draft = f"case/{case.number}/edit/{'field/' if field in UNITS else ''}{part}"
    form = EditForm(sent(request), case=case, names=names, auto_id=f"edit_{part}_%s")
    form.initial.update(typed_before(request, draft, *sent_names(*form.names), *form.seen_names))
    return dialog(
        request,
        "cases/editing.html",
        case,
        form,
        lambda: edit_case(case, changes=form.changes(), seen=form.seen(), by=request.actor),
        said="The case was saved.",
        draft=draft,
        more=lambda: {"field": field if field in UNITS else "", "subtypes": form.subtype_groups()},
    )
