"""Tokens on the screen: one's own, and those of services (K1)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from heliodesk.api.access import own_tokens, require_administrator, services
from heliodesk.api.forms.tokens import ServiceTokenForm, TokenForm
from heliodesk.api.models import ApiToken
from heliodesk.api.rules.tokens import Made, make_token, withdraw_token
from heliodesk.core import clock
from heliodesk.people.models import User
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out


@require_safe
def own(request: DeskRequest) -> HttpResponse:
    """One's own tokens."""
    tokens = own_tokens(request.actor)
    context = {"tokens": tokens, "new": reverse("api_token_new"), "of_services": False}
    return render(request, "api/tokens.html", context | {"at": clock.now()})


@require_http_methods(["GET", "POST"])
def own_new(request: DeskRequest) -> HttpResponse:
    """Make one for oneself; its text is shown this once."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    return _new(request, form, lambda: request.user, back=reverse("api_tokens"))


@require_safe
def of_services(request: DeskRequest) -> HttpResponse:
    """The tokens of all services, for administrators."""
    require_administrator(by=request.actor)
    tokens = ApiToken.objects.filter(user__in=services()).select_related("user", "created_by")
    context = {"tokens": tokens, "new": reverse("service_token_new"), "of_services": True}
    return render(request, "api/tokens.html", context | {"at": clock.now()})


@require_http_methods(["GET", "POST"])
def of_services_new(request: DeskRequest) -> HttpResponse:
    """Make one for a service."""
    require_administrator(by=request.actor)
    sent = request.POST if request.method == "POST" else None
    form = ServiceTokenForm(sent, services=services())
    back = reverse("service_tokens")
    return _new(request, form, lambda: form.cleaned_data["service"], back=back)


@require_POST
def withdrawal(request: DeskRequest, token_id: int) -> HttpResponse:
    """End a token. A second press changes nothing, so it needs no token of its own (K3)."""
    token = withdraw_token(token_id, by=request.actor)
    messages.success(request, f"“{token.name}” was withdrawn.")
    mine = token.user_id == request.actor.user_id
    return See(reverse("api_tokens" if mine else "service_tokens"))


def _new(
    request: DeskRequest, form: TokenForm, whose: Callable[[], User], *, back: str
) -> HttpResponse:
    made: list[Made] = []

    def act() -> str:
        chosen = form.cleaned_data
        made.append(
            make_token(
                whose(),
                name=chosen["name"],
                scope=chosen["scope"],
                expires_at=form.expires_at,
                by=request.actor,
            )
        )
        return back

    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act)
        if done and made:  # sent a second time, the text is not there to be shown again
            return render(request, "api/token_made.html", {"made": made[0], "back": back})
        if done:
            return done
    status = 422 if request.method == "POST" else 200
    nobody = isinstance(form, ServiceTokenForm) and not form.has_services
    context = {"form": form, "back": back, "nobody": nobody}
    return render(request, "api/token_new.html", context, status=status)
