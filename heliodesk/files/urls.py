"""Addresses of files."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.files.views.files import case_file, case_files

urlpatterns: list[URLPattern] = [
    path("cases/<int:number>/files/", case_files, name="case_files"),
    path("cases/<int:number>/files/<int:file_id>/<str:name>", case_file, name="case_file"),
]
