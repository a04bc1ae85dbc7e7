"""Deactivating people, and letting them in again (Q5)."""

from __future__ import annotations

from django.http import HttpResponse

from heliodesk.core.addresses import address
from heliodesk.people.rules.leaving import deactivate, reactivate
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.people import SentForm
from heliodesk.set_up.queries.leaving import to_hand_on
from heliodesk.set_up.views.people import found
from heliodesk.set_up.views.saving import pressed, saved
from heliodesk.web.requests import DeskRequest


@set_up_view()
def deactivation(request: DeskRequest, pk: int) -> HttpResponse:
    """Says what is handed on first, and deactivates when pressed."""
    user = found(pk)
    form = SentForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        deactivate(user, by=request.actor)
        return address("set_up_person", pk)

    return saved(
        request, form, act, "set_up/deactivation.html", said=f"{user.name} is deactivated.",
        page=user, lasts=to_hand_on(user),
    )  # fmt: skip


@set_up_view("POST")
def reactivation(request: DeskRequest, pk: int) -> HttpResponse:
    """Let somebody in again; a second press changes nothing (K3)."""
    user = found(pk)
    return pressed(
        request,
        lambda: reactivate(user, by=request.actor),
        back=address("set_up_person", pk),
        said=f"{user.name} may come in again.",
    )
