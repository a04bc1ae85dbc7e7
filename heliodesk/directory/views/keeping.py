"""What the directory's forms have in common: shown, sent once, refused in place (D1, K2, K3)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from zlib import crc32

from django.db import models
from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.core.changes import seen
from heliodesk.core.picking import sent_names
from heliodesk.directory.forms.keeping import KeepingForm
from heliodesk.drafts.keep import kept
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


def prefilled(
    request: DeskRequest, key: str, names: list[str], thing: models.Model | None, **given: Any
) -> tuple[dict[str, Any], dict[str, str], str]:
    """Initial values, what was seen of the record, and the key of the draft.

    A draft of an edit belongs to the record as it was then: changed since, it is not offered, for
    it would put old values back (K2).
    """
    was = seen(thing, names) if thing is not None else {}
    if was:
        key = f"{key}/{crc32(repr(sorted(was.items())).encode()):08x}"
    typed = kept(key, by=request.actor) if request.method == "GET" else {}
    draft = {name: typed[name] for name in sent_names(*names) if name in typed}
    return was | given | draft, was, key


def keep(
    request: DeskRequest,
    form: KeepingForm,
    act: Callable[[], str],
    *,
    title: str,
    sub: str,
    back: str,
    said: str,
    draft: str,
) -> HttpResponse:
    """Answer a form page: `act` calls the rule and gives where to go."""
    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act, said=said, draft=draft)
        if done:
            return done
    status = HTTPStatus.OK
    if request.method == "POST":
        status = form.refusals[-1].status if form.refusals else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "title": title, "sub": sub, "back": back, "draft": draft}
    return render(request, "directory/keeping.html", context, status=status)
