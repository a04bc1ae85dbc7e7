"""Engine: jobs, milestones, and the private comment of N4 (E)."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
