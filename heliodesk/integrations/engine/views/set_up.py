"""Engine's settings on the screen (E2)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from heliodesk.cases.models import EngineSettings
from heliodesk.cases.rules.engine_settings import set_engine
from heliodesk.integrations.engine.client import EngineAway, EngineRefused
from heliodesk.integrations.engine.connecting import connected, patience
from heliodesk.integrations.engine.forms.settings import EngineSettingsForm
from heliodesk.integrations.engine.queries.comments import unposted
from heliodesk.set_up.door import set_up_view
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out

TEST_TIMEOUT = 5.0  # seconds


@set_up_view()
def engine_settings(request: DeskRequest) -> HttpResponse:
    """Address, token, and what waits for Engine."""
    settings = EngineSettings.current()
    initial = {"address": settings.address, "is_active": settings.is_active}
    sent = request.POST if request.method == "POST" else None
    form = EngineSettingsForm(sent, initial=initial)

    def act() -> str:
        chosen = form.cleaned_data
        set_engine(
            address=chosen["address"],
            token=chosen["token"],
            is_active=chosen["is_active"],
            by=request.actor,
        )
        patience.regain()
        return reverse("engine_settings")

    if sent is not None and form.is_valid():
        done = carry_out(request, form, act, said="Engine's settings were saved.")
        if done:
            return done
    context = {"form": form, "settings": settings, "unposted": unposted()}
    status = 422 if sent is not None else 200
    return render(request, "engine/settings.html", context, status=status)


@set_up_view("POST")
def connection_test(request: DeskRequest) -> HttpResponse:
    """Ask the Engine that is set up for its jobs, and say what came of it. Changes nothing."""
    settings = EngineSettings.current()
    if not settings.address:
        messages.warning(request, "No Engine is set up. Enter its address and token first.")
        return See(reverse("engine_settings"))
    try:
        found = connected(settings).search("", most=1, timeout=TEST_TIMEOUT)
    except (EngineAway, EngineRefused) as failed:
        messages.error(request, f"The connection does not work. {sentence(failed.reason)}")
    else:
        patience.regain()
        known = f" It knows job {found[0].job_id}." if found else " It knows no job yet."
        messages.success(request, f"Engine answers and takes the desk's token.{known}")
    return See(reverse("engine_settings"))


def sentence(reason: str) -> str:
    """The reason with a capital letter and a full stop."""
    return f"{reason[:1].upper()}{reason[1:].rstrip('.')}."
