"""Addresses of search."""

from __future__ import annotations

from django.urls import path

from heliodesk.search.views import find, options

urlpatterns = [
    path("search/", find.find, name="search"),
    path("search/options/", options.options, name="search_options"),
    path("search/authors/", options.author_options, name="search_authors"),
    path("search/actions/", options.actions, name="search_actions"),
]
