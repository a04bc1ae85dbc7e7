"""Addresses of drafts."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.drafts.views.drafts import drafts

urlpatterns: list[URLPattern] = [path("drafts/", drafts, name="drafts")]
