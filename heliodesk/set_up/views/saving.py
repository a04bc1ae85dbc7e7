"""What the forms of the set-up have in common: shown, sent once, refused in place (K2, K3, K5)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.core.forms import DeskForm
from heliodesk.core.refusal import Refused
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out


def saved(
    request: DeskRequest,
    form: DeskForm,
    act: Callable[[], str],
    template: str,
    *,
    said: str,
    draft: str = "",
    **context: Any,
) -> HttpResponse:
    """Answer a form page: `act` calls the rule and gives where to go; `context` is the rest that
    the template reads, beside `form` and `draft`."""
    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act, said=said, draft=draft)
        if done:
            return done
    status = HTTPStatus.OK
    if request.method == "POST":
        status = form.refusals[-1].status if form.refusals else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, template, {"form": form, "draft": draft} | context, status=status)


def pressed(
    request: DeskRequest, act: Callable[[], object], *, back: str, said: str
) -> HttpResponse:
    """Answer a button that is a form of its own, of which a second press changes nothing: back to
    where it stands, which says what was done or why it was refused."""
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN:
            raise
        messages.error(request, f"{refused.message} ({refused.rule})")
    return See(back)
