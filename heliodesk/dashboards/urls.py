"""Addresses of dashboards."""

from __future__ import annotations

from django.urls import path

from heliodesk.dashboards.views.export import sheet_csv, team_csv
from heliodesk.dashboards.views.team import team_dashboard

urlpatterns = [
    path("dashboards/team/", team_dashboard, name="team_dashboard"),
    path("dashboards/team/csv/", team_csv, name="team_dashboard_csv"),
    path("dashboards/team/csv/<slug:key>/", sheet_csv, name="team_dashboard_sheet_csv"),
]
