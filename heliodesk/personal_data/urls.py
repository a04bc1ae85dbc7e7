"""What is held of a homeowner: given out, erased, kept no longer than it must."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
