"""Jira: open tickets found, linked and told of the case (J)."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
