"""The follow-up date on the screen (W1)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from heliodesk.cases import access
from heliodesk.cases.forms.follow_up_date import FollowUpDateForm
from heliodesk.cases.rules.follow_up_date import clear_follow_up, set_follow_up
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See


@require_http_methods(["GET", "POST"])
def follow_up_date(request: DeskRequest, number: int) -> HttpResponse:
    """Say when to come back to the case, and what for."""
    case = access.get_case(number, by=request.actor)
    if request.method == "GET":
        access.require_edit(case, by=request.actor, to="set its follow-up date")
        access.require_open(case, to="set a follow-up date")
    draft = f"case/{case.number}/follow-up-date"
    typed = typed_before(request, draft, "what_for")
    form = FollowUpDateForm(sent(request), case=case, initial=typed)

    def act() -> object:
        chosen = form.cleaned_data
        return set_follow_up(case, at=chosen["at"], what_for=chosen["what_for"], by=request.actor)

    said = "The follow-up date was set."
    return dialog(request, "cases/follow_up_date.html", case, form, act, said=said, draft=draft)


@require_POST
def follow_up_date_gone(request: DeskRequest, number: int) -> HttpResponse:
    """Take the follow-up date away: it was kept."""
    case = clear_follow_up(access.get_bare_case(number, by=request.actor), by=request.actor)
    messages.success(request, "The follow-up is done.")
    return See(case.get_absolute_url())
