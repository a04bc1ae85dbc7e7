"""The page on which administrators set Jira up, with *Test connection* (J1)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from heliodesk.cases.models import JiraLink, RemoteLink
from heliodesk.cases.views.dialogs import status_of
from heliodesk.core.refusal import Refused
from heliodesk.integrations.jira import guard
from heliodesk.integrations.jira.access import require_administrator
from heliodesk.integrations.jira.forms.set_up import SetUpForm
from heliodesk.integrations.jira.models import JiraSettings
from heliodesk.integrations.jira.rules.set_up import checked, set_jira_up
from heliodesk.integrations.jira.trying import Step, try_out
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@require_http_methods(["GET", "POST"])
def jira(request: DeskRequest) -> HttpResponse:
    """The settings. *Test connection* tries what stands in the form, and keeps nothing."""
    require_administrator(by=request.actor)
    kept = JiraSettings.kept()
    form = SetUpForm(request.POST) if request.method == "POST" else SetUpForm.showing(kept)
    steps: list[Step] = []
    if request.method == "POST" and form.is_valid():
        if "test" in request.POST:
            steps = tried(form, kept)
        else:
            done = carry_out(request, form, lambda: keep(request, form), said="Jira is set up.")
            if done:
                return done
    context = {
        "form": form,
        "kept": kept,
        "steps": steps,
        "pause": guard.pause(),
        "waiting": JiraLink.objects.filter(told=RemoteLink.WAITING).count(),
    }
    status = HTTPStatus.OK if steps else status_of(request, form)
    return render(request, "jira/set_up.html", context, status=status)


def keep(request: DeskRequest, form: SetUpForm) -> str:
    """Call the rule; the page comes again."""
    set_jira_up(form.wanted, by=request.actor)
    return reverse("jira_set_up")


def tried(form: SetUpForm, kept: JiraSettings | None) -> list[Step]:
    """What Jira says to the settings in the form; none where they are refused."""
    try:
        settings = checked(form.wanted, kept)
    except Refused as refused:
        form.refuse(refused)
        return []
    return try_out(settings)
