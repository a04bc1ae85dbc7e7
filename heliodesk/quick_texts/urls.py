"""Addresses of quick texts."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.quick_texts.views.quick_texts import (
    options,
    quick_text_deletion,
    quick_text_edit,
    quick_text_new,
    quick_texts,
)

urlpatterns: list[URLPattern] = [
    path("quick-texts/", quick_texts, name="quick_texts"),
    path("quick-texts/new/", quick_text_new, name="quick_text_new"),
    path("quick-texts/options/", options, name="quick_text_options"),
    path("quick-texts/<int:key>/edit/", quick_text_edit, name="quick_text_edit"),
    path("quick-texts/<int:key>/deletion/new/", quick_text_deletion, name="quick_text_deletion"),
]
