"""Addresses of notices."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.notices.views import notices as views

urlpatterns: list[URLPattern] = [
    path("notices/", views.notices, name="notices"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/read/", views.notices_read, name="notices_read"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
]
