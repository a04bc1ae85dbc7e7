"""Webhooks in the set-up."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from heliodesk.core.forms import DeskForm
from heliodesk.core.numbers import whole
from heliodesk.set_up.door import set_up_view
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out
from heliodesk.webhooks import kinds
from heliodesk.webhooks.forms.webhooks import WebhookForm
from heliodesk.webhooks.queries import log
from heliodesk.webhooks.rules import keeping
from heliodesk.webhooks.rules.keeping import Made


@set_up_view("GET", "HEAD")
def webhooks(request: DeskRequest) -> HttpResponse:
    """All of them, with how each is doing."""
    return render(request, "webhooks/webhooks.html", {"rows": log.webhooks()})


@set_up_view()
def webhook_new(request: DeskRequest) -> HttpResponse:
    """Make one; its secret is shown this once."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    made: list[Made] = []

    def act() -> str:
        made.append(keeping.make_webhook(form.wanted, by=request.actor))
        return made[0].webhook.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (done := carry_out(request, form, act)):
        return _secret(request, made) or done
    return _form(request, form, title="New webhook", back=reverse("webhooks"))


@set_up_view("GET", "HEAD")
def webhook(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """One of them: what it is told, how it is doing, what it was told."""
    found = log.webhook(webhook_id)
    before = whole(request.GET.get("before", ""))
    context = {
        "webhook": found,
        "events": [kinds.in_words(code) for code in found.kinds],
        "page": log.deliveries(webhook_id, before=before),
        "in_words": kinds.in_words,
    }
    return render(request, "webhooks/webhook.html", context)


@set_up_view()
def webhook_edit(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Another name, address, or choice of events."""
    found = log.webhook(webhook_id)
    known = {name: getattr(found, name) for name in ("name", "url", "private", "kinds")}
    form = WebhookForm(request.POST if request.method == "POST" else None, initial=known)

    def act() -> str:
        return keeping.change_webhook(webhook_id, form.wanted, by=request.actor).get_absolute_url()

    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act, said="The webhook was changed.")
        if done:
            return done
    return _form(request, form, title="Change the webhook", back=found.get_absolute_url())


@set_up_view()
def webhook_secret(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Ask, then make another secret, which is shown this once."""
    found = log.webhook(webhook_id)
    form = DeskForm(request.POST if request.method == "POST" else None)
    made: list[Made] = []

    def act() -> str:
        made.append(keeping.change_secret(webhook_id, by=request.actor))
        return found.get_absolute_url()

    if request.method == "POST" and form.is_valid() and (done := carry_out(request, form, act)):
        return _secret(request, made) or done
    return render(request, "webhooks/secret_new.html", {"form": form, "webhook": found})


@set_up_view()
def webhook_removal(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Ask, then forget it with its log."""
    found = log.webhook(webhook_id)
    form = DeskForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        keeping.remove_webhook(webhook_id, by=request.actor)
        return reverse("webhooks")

    if request.method == "POST" and form.is_valid():
        done = carry_out(request, form, act, said=f"“{found.name}” was removed.")
        if done:
            return done
    return render(request, "webhooks/removal.html", {"form": form, "webhook": found})


def _switched(*, on: bool) -> Callable[..., HttpResponse]:
    @set_up_view("POST")
    def view(request: DeskRequest, webhook_id: int) -> HttpResponse:
        changed = keeping.switch_webhook(webhook_id, on=on, by=request.actor)
        messages.success(request, f"“{changed.name}” is {'on' if on else 'off'}.")
        return See(changed.get_absolute_url())

    return view


webhook_on = _switched(on=True)
webhook_off = _switched(on=False)


def _form(request: DeskRequest, form: WebhookForm, *, title: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "back": back}
    status = 422 if request.method == "POST" else 200
    return render(request, "webhooks/webhook_form.html", context, status=status)


def _secret(request: DeskRequest, made: list[Made]) -> HttpResponse | None:
    """The page with the secret; None for a form sent a second time, when it is known no more."""
    return render(request, "webhooks/secret.html", {"made": made[0]}) if made else None
