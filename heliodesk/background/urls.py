"""Addresses of background jobs."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.background.views import jobs as views

urlpatterns: list[URLPattern] = [
    path("set-up/jobs/", views.jobs, name="background_jobs"),
    path("set-up/jobs/retries/", views.jobs_retry, name="background_jobs_retry"),
    path("set-up/jobs/<int:job_id>/retries/", views.job_retry, name="background_job_retry"),
]
