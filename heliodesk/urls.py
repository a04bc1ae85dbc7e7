"""Addresses of the desk."""

from __future__ import annotations

from django.urls import include, path

from heliodesk.people.views.me import me

urlpatterns = [
    path("", include("heliodesk.worklists.urls")),
    path("", include("heliodesk.list_views.urls")),
    path("", include("heliodesk.bulk.urls")),
    path("", include("heliodesk.search.urls")),
    path("", include("heliodesk.dashboards.urls")),
    path("", include("heliodesk.api.urls")),
    path("", include("heliodesk.webhooks.urls")),
    path("", include("heliodesk.personal_data.urls")),
    path("", include("heliodesk.set_up.urls")),
    path("", include("heliodesk.integrations.jira.urls")),
    path("", include("heliodesk.integrations.engine.urls")),
    path("", include("heliodesk.cases.urls")),
    path("", include("heliodesk.assignments.urls")),
    path("", include("heliodesk.directory.urls")),
    path("", include("heliodesk.feed.urls")),
    path("", include("heliodesk.files.urls")),
    path("", include("heliodesk.notices.urls")),
    path("", include("heliodesk.drafts.urls")),
    path("", include("heliodesk.quick_texts.urls")),
    path("", include("heliodesk.background.urls")),
    path("", include("heliodesk.web.urls")),
    path("me/", me, name="me"),
    path("session/", include("heliodesk.people.urls")),
    path("set-up/single-sign-on/", include("heliodesk.people.single_sign_on_urls")),
]

handler400 = "heliodesk.api.views.document.unreadable"
handler404 = "heliodesk.api.views.document.not_found"
handler500 = "heliodesk.api.views.document.failed"
