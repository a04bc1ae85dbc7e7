"""Addresses of personal data."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.personal_data.views import homeowner
from heliodesk.personal_data.views.retention import retention

ACCOUNT = "accounts/<int:pk>/personal-data/"

urlpatterns: list[URLPattern] = [
    path(ACCOUNT, homeowner.homeowner, name="personal_data"),
    path(f"{ACCOUNT}export/", homeowner.export, name="personal_data_export"),
    path(f"{ACCOUNT}erasure/new/", homeowner.erasure_new, name="erasure_new"),
    path("set-up/personal-data/", retention, name="retention"),
]
