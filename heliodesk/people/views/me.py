"""One's own settings (C2)."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.people.forms.me import MeForm
from heliodesk.people.models import DeskSettings, MailWanted
from heliodesk.people.rules.own_settings import change_own_settings
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_http_methods(["GET", "POST"])
def me(request: DeskRequest) -> HttpResponse:
    """Shows and changes one's own settings."""
    user = request.user
    initial = {"name": user.name, "mail_wanted": user.mail_wanted}
    form = MeForm(request.POST or None, initial=initial)
    if not settings.SENDS_MAIL:
        form.fields["mail_wanted"].disabled = True
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            change_own_settings(
                user,
                name=form.cleaned_data["name"],
                mail_wanted=form.cleaned_data["mail_wanted"],
                by=request.actor,
            )
            return request.path

        if done := carry_out(request, form, act, said="Your settings are saved."):
            return done
    status = 422 if request.method == "POST" else 200
    return render(request, "people/me.html", _context(request, form), status=status)


def _context(request: DeskRequest, form: MeForm) -> dict[str, object]:
    hour = time(DeskSettings.current().digest_hour)
    return {
        "form": form,
        "person": request.user,
        "sends_mail": settings.SENDS_MAIL,
        "hints": {
            MailWanted.NONE.value: "The bell alone rings.",
            MailWanted.MENTIONS.value: "When somebody mentions you, replies to you, asks after an "
            "assignment, or a follow-up stays unanswered; unless you read it on the desk first.",
            MailWanted.DIGEST.value: f"Every day at {hour:%-I:%M %p}, what you have not read by "
            "then, case by case. Nothing when there is nothing.",
        },
    }
