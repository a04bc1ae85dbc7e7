"""What a webhook was told: one delivery with its tries, a test, sending again."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from heliodesk.set_up.door import set_up_view
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See
from heliodesk.webhooks import kinds
from heliodesk.webhooks.models import Delivery
from heliodesk.webhooks.queries import log
from heliodesk.webhooks.rules import sending


@set_up_view("GET", "HEAD")
def delivery(request: DeskRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    """The request, each try, and what was answered."""
    found = log.delivery(webhook_id, delivery_id)
    context = {
        "delivery": found,
        "says": kinds.in_words(found.kind),
        "type": kinds.type_of(found.kind),
        "body": _laid_out(found.body),
    }
    return render(request, "webhooks/delivery.html", context)


@set_up_view("POST")
def test_new(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Send a test and show what comes of it."""
    return _see(sending.send_test(webhook_id, by=request.actor))


@set_up_view("POST")
def repetition_new(request: DeskRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    """Send it again."""
    again = sending.send_again(delivery_id, by=request.actor)
    messages.success(request, "It is being sent again.")
    return _see(again)


def _see(sent: Delivery) -> HttpResponse:
    return See(reverse("webhook_delivery", args=[sent.webhook_id, sent.pk]))


def _laid_out(body: str) -> str:
    return json.dumps(json.loads(body), indent=2, ensure_ascii=False) if body else ""
