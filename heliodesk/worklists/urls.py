"""Addresses of work lists, and of the search field."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.worklists.views.find import find

urlpatterns: list[URLPattern] = [
    path("search/", find, name="find"),
]
