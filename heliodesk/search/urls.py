"""Addresses of search."""

from __future__ import annotations

from django.urls import path

from heliodesk.search.views import find

urlpatterns = [
    path("search/", find.find, name="search"),
    path("search/options/", find.options, name="search_options"),
]
