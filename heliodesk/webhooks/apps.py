"""Webhooks: what happens here, told to other programs."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "heliodesk.webhooks"
