"""Addresses of Engine: what the desk knows of it, and its set-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.integrations.engine.views import comments, jobs, set_up

CASE = "cases/<int:number>/engine/"

urlpatterns: list[URLPattern] = [
    path(CASE, comments.engine, name="case_engine"),
    path(f"{CASE}sending/", comments.sending, name="engine_sending"),
    path(f"{CASE}posted-by-hand/", comments.posted_by_hand, name="engine_posted_by_hand"),
    path("accounts/<int:pk>/engine-jobs/", jobs.options, name="engine_jobs"),
    path("jobs/<int:pk>/milestones/", jobs.milestones, name="job_milestones"),
    path("set-up/engine/", set_up.engine_settings, name="engine_settings"),
    path("set-up/engine/test/", set_up.connection_test, name="engine_test"),
]
