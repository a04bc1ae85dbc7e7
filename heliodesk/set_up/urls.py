"""The set-up for administrators: what the desk works with, in the desk's own look."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
