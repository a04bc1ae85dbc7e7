"""How somebody comes in, kept by administrators: password, second factor, sessions, invitation."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from heliodesk.api.models import ApiToken
from heliodesk.api.rules.tokens import withdraw_token
from heliodesk.core.addresses import address
from heliodesk.core.refusal import NotFound
from heliodesk.people.models import Invitation
from heliodesk.people.rules.ending_sessions import end_all_of
from heliodesk.people.rules.invitation import resend, withdraw
from heliodesk.people.rules.people import set_password
from heliodesk.people.rules.second_factor import reset_second_factor
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.people import PasswordForm
from heliodesk.set_up.views.people import found
from heliodesk.set_up.views.saving import pressed, saved
from heliodesk.web.requests import DeskRequest


@set_up_view()
def password(request: DeskRequest, pk: int) -> HttpResponse:
    """Give somebody another password, which they change when they sign in."""
    user = found(pk)
    form = PasswordForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        set_password(user, password=form.cleaned_data["password"], by=request.actor)
        return address("set_up_person", pk)

    said = f"{user.name} has a new password: tell them."
    return saved(request, form, act, "set_up/password.html", said=said, person=user)


@set_up_view("POST")
def sessions_ending(request: DeskRequest, pk: int) -> HttpResponse:
    """Sign somebody out everywhere; a second press changes nothing (K3)."""
    user = found(pk)
    return pressed(
        request,
        lambda: end_all_of(user, by=request.actor),
        back=address("set_up_person", pk),
        said=f"{user.name} is signed out everywhere.",
    )


@set_up_view("POST")
def factors_reset(request: DeskRequest, pk: int) -> HttpResponse:
    """Take somebody's second factor away; a second press changes nothing (K3)."""
    user = found(pk)
    return pressed(
        request,
        lambda: reset_second_factor(user, by=request.actor),
        back=address("set_up_person", pk),
        said=f"{user.name} has no second factor any more.",
    )


@set_up_view("POST")
def token_withdrawal(request: DeskRequest, pk: int, token: int) -> HttpResponse:
    """End an API token of somebody; a second press changes nothing (K3)."""
    user = found(pk)

    def act() -> None:
        for one in ApiToken.objects.filter(user=user, pk=token):
            withdraw_token(one.pk, by=request.actor)

    back = address("set_up_person", pk)
    return pressed(request, act, back=back, said="The token was withdrawn.")


@set_up_view("POST")
def invitation_again(request: DeskRequest, pk: int) -> HttpResponse:
    """Send an invitation anew: the link before ends."""
    said = "The invitation has another link now; the one before has ended."
    return _with_invitation(request, pk, resend, said=said)


@set_up_view("POST")
def invitation_withdrawal(request: DeskRequest, pk: int) -> HttpResponse:
    """Take an invitation back, and deactivate whoever never came."""
    return _with_invitation(request, pk, withdraw, said="The invitation is taken back.")


def _with_invitation(
    request: DeskRequest, pk: int, rule: Callable[..., Invitation], *, said: str
) -> HttpResponse:
    user, by = found(pk), request.actor
    return pressed(
        request,
        lambda: rule(_open(user.pk), by=by),
        back=address("set_up_person", pk),
        said=said,
    )


def _open(user_id: int) -> Invitation:
    found = Invitation.objects.filter(user=user_id, accepted_at=None, withdrawn_at=None).first()
    if found is None:
        raise NotFound(
            "no_invitation", "There is no open invitation: it has been used or taken back.",
            rule="K1",
        )  # fmt: skip
    return found
