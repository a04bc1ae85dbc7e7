"""Sending a form: once (K3), with the rule's refusal shown in it and nothing typed lost (K5)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseRedirect

from heliodesk.core.forms import DeskForm
from heliodesk.core.once import once, token_of
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.drafts import keep
from heliodesk.web.requests import DeskRequest


class See(HttpResponseRedirect):
    """303: what was sent is done, see the result there."""

    status_code = 303


def carry_out(
    request: DeskRequest,
    form: DeskForm,
    act: Callable[[], str],
    *,
    said: str = "",
    draft: str = "",
) -> HttpResponseRedirect | None:
    """Run `act`, which calls the rule and gives the address to go to, for a valid form.

    Gives the redirect, with `said` as the message there and the draft dropped. Where the rule
    refuses, the refusal is put into the form and None is given: show the form again.
    """
    try:
        address = once(sent_as(request, form), user_id=request.actor.person_id, make=act)
    except NotFound:
        raise
    except Refused as refused:
        form.refuse(refused)
        return None
    if draft:
        keep.drop(draft, by=request.actor)
    if said:
        messages.success(request, said)
    return See(address)


def sent_as(request: DeskRequest, form: DeskForm) -> str:
    """The token of what was sent: of the form, its address, its fields and its files (K3)."""
    fields = [
        (name, values)
        for name, values in sorted(request.POST.lists())
        if name not in {"once", "csrfmiddlewaretoken"}
    ]
    files = [
        (name, file.name, file.size)
        for name, values in sorted(request.FILES.lists())
        for file in values
    ]
    return token_of(form.cleaned_data.get("once", ""), [request.path, *fields, *files])
