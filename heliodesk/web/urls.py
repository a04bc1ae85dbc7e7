"""Addresses of pages that belong to no part of the business."""

from __future__ import annotations

from django.urls import path

from heliodesk.web import views

urlpatterns = [
    path("guide/", views.guide, name="guide"),
    path("favicon.ico", views.favicon, name="favicon"),
]
