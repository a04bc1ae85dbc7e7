"""The settings of the desk, on the screen of administrators."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.directory.views.keeping import prefilled
from heliodesk.people.models import DeskSettings
from heliodesk.people.rules.desk_settings import change_desk_settings
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.desk_settings import DeskSettingsForm, known
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out

DRAFT = "set-up/settings"


@set_up_view()
def desk_settings(request: DeskRequest) -> HttpResponse:
    """Shows and changes them."""
    settings = DeskSettings.objects.select_related("escalation_contact").filter(pk=1).first()
    settings = settings or DeskSettings(pk=1)
    initial, was, draft = prefilled(request, DRAFT, known(), settings)
    form = DeskSettingsForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        seen=was,
        contact_id=settings.escalation_contact_id,
    )

    def act() -> str:
        change_desk_settings(values=form.values(), seen=form.seen, by=request.actor)
        return request.path

    said = "The settings are saved."
    valid = request.method == "POST" and form.is_valid()
    if valid and (done := carry_out(request, form, act, said=said, draft=draft)):
        return done
    status = HTTPStatus.OK
    if request.method == "POST":
        status = form.refusals[-1].status if form.refusals else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "draft": draft, "contact": settings.escalation_contact}
    return render(request, "set_up/desk_settings.html", context, status=status)
