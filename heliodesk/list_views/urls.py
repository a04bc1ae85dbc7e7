"""Addresses of list views."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.list_views.views import saved
from heliodesk.list_views.views.cases import cases
from heliodesk.list_views.views.columns import columns, widths
from heliodesk.list_views.views.condition import condition, options
from heliodesk.list_views.views.picked import values
from heliodesk.list_views.views.preview import preview

urlpatterns: list[URLPattern] = [
    path("cases/", cases, name="cases"),
    path("cases/filter/", condition, name="list_filter"),
    path("cases/filter/options/", options, name="list_filter_options"),
    path("cases/options/<slug:field>/", values, name="list_values"),
    path("cases/columns/", columns, name="list_columns"),
    path("cases/columns/widths/", widths, name="list_widths"),
    path("cases/<int:number>/preview/", preview, name="case_preview"),
    path("list-views/", saved.list_views, name="list_views"),
    path("list-views/new/", saved.list_view_new, name="list_view_new"),
    path("list-views/<int:key>/edit/", saved.list_view_edit, name="list_view_edit"),
    path("list-views/<int:key>/changes/", saved.list_view_changes, name="list_view_changes"),
    path("list-views/<int:key>/deletion/new/", saved.list_view_deletion, name="list_view_deletion"),
    path("list-views/<int:key>/pin/", saved.pinning, name="list_view_pin"),
]
