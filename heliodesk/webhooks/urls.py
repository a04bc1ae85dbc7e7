"""Webhooks: what happens here, told to other programs."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
