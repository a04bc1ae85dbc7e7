"""The set-up for administrators: what the desk works with, in the desk's own look."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.set_up.views.index import index

urlpatterns: list[URLPattern] = [
    path("set-up/", index, name="set_up"),
]
