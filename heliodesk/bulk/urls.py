"""Addresses of bulk."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.bulk.views import actions, again, beginning, exporting, selecting

ONE = "bulk-actions/<int:action_id>/"

urlpatterns: list[URLPattern] = [
    path("bulk-actions/", actions.overview, name="bulk_actions"),
    path("bulk-actions/selection/", selecting.selection, name="bulk_selection"),
    path("bulk-actions/new/", beginning.new, name="bulk_new"),
    path(ONE, actions.action, name="bulk_action"),
    path(f"{ONE}stopping/", actions.stop, name="bulk_stop"),
    path(f"{ONE}again/", again.again, name="bulk_again"),
    path(f"{ONE}going-on/", again.going_on, name="bulk_going_on"),
    path(f"{ONE}results/", actions.results, name="bulk_results"),
    path(f"{ONE}results.csv", actions.results_file, name="bulk_results_file"),
    path(f"{ONE}cases/", actions.given, name="bulk_given"),
    path("cases/export/", exporting.export, name="export"),
    path("exports/new/", exporting.new, name="export_new"),
    path("exports/<int:export_id>/", exporting.export_page, name="export_page"),
    path("exports/<int:export_id>/file/", exporting.export_file, name="export_file"),
]
