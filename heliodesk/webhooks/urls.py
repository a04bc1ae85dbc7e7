"""Addresses of webhooks, in the set-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.webhooks.views import deliveries, webhooks

ONE = "set-up/webhooks/<int:webhook_id>/"
DELIVERY = f"{ONE}deliveries/<int:delivery_id>/"

urlpatterns: list[URLPattern] = [
    path("set-up/webhooks/", webhooks.webhooks, name="webhooks"),
    path("set-up/webhooks/new/", webhooks.webhook_new, name="webhook_new"),
    path(ONE, webhooks.webhook, name="webhook"),
    path(f"{ONE}edit/", webhooks.webhook_edit, name="webhook_edit"),
    path(f"{ONE}secret/new/", webhooks.webhook_secret, name="webhook_secret"),
    path(f"{ONE}on/", webhooks.webhook_on, name="webhook_on"),
    path(f"{ONE}off/", webhooks.webhook_off, name="webhook_off"),
    path(f"{ONE}removal/new/", webhooks.webhook_removal, name="webhook_removal"),
    path(f"{ONE}tests/new/", deliveries.test_new, name="webhook_test"),
    path(DELIVERY, deliveries.delivery, name="webhook_delivery"),
    path(f"{DELIVERY}repetitions/new/", deliveries.repetition_new, name="webhook_repetition"),
]
