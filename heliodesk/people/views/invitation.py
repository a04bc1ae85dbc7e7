"""Coming in by an invitation (K1)."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from heliodesk.core.refusal import Refused
from heliodesk.people.access import Actor
from heliodesk.people.forms.invitation import AcceptForm
from heliodesk.people.models import Invitation
from heliodesk.people.rules.invitation import accept, invited_by_link
from heliodesk.people.sign_in.demanded import may_sign_in_without_provider
from heliodesk.people.single_sign_on.refusing import refusal_page
from heliodesk.people.views.sign_in import buttons

LIMITS = {"invitation": "30/m/ip"}


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def accepting(request: HttpRequest, link: str) -> HttpResponse:
    """Whom the link is for; they choose a password, or sign in by their company."""
    if not ratelimit.consume(
        request, app="heliodesk.people", action="invitation", config=LIMITS, limit_get=True
    ):
        too_many: HttpResponse = ratelimit.respond_429(request)
        return too_many
    try:
        invitation = invited_by_link(link)
        form = AcceptForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return _come_in(request, invitation, link, form)
    except Refused as refused:
        if refused.field is None:
            return refusal_page(request, refused)
        form.refuse(refused)
    return _page(request, invitation, form)


def _come_in(
    request: HttpRequest, invitation: Invitation, link: str, form: AcceptForm
) -> HttpResponse:
    """The password is set, and the person signed in by it."""
    by = Actor(
        user_id=invitation.user_id,
        name=invitation.user.name,
        role=invitation.user.role,
        origin=f"invitation {request.META.get('REMOTE_ADDR', '')}",
    )
    user = accept(link, password=form.cleaned_data["password"], by=by)
    if request.user.is_authenticated:
        logout(request)
    if not may_sign_in_without_provider(user):
        return redirect("account_login")
    answer: HttpResponse = perform_password_login(
        request, {"username": user.username}, Login(user=user)
    )
    return answer


def _page(request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
    context = {
        "person": invitation.user,
        "form": form,
        "providers": buttons(""),
        "by_password": may_sign_in_without_provider(invitation.user),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "account/invitation.html", context, status=status)
