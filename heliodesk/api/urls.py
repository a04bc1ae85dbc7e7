"""Addresses of the API and of its tokens."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, path, re_path

from heliodesk.api.desk_api import api
from heliodesk.api.routes import (
    assignments,
    case_acts,
    cases,
    directory,
    feed,
    files,
    jira,
    opening,
    relating,
    set_up,
)
from heliodesk.api.routes import keeping as keeping  # puts its operations on the directory's router
from heliodesk.api.views import document, tokens

#: New cases come first: `/cases/similar` is no number of a case.
ROUTES = (opening, cases, case_acts, relating, assignments, feed, files, directory, jira, set_up)
for part in ROUTES:
    api.add_router("", part.router)


def _in_json(patterns: list[URLPattern | URLResolver]) -> list[Any]:
    """What the API says is JSON, also of a method that an address does not take."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = document.in_json(pattern.callback)
    return list(patterns)


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/openapi.json", document.in_json(document.openapi), name="openapi"),
    path("api/v1/", (_in_json(api.urls[0]), api.urls[1], api.urls[2])),
    re_path("^api/.+$", document.nothing_here, name="api_nothing"),
    path("api/", document.reference, name="api_reference"),
    path("me/tokens/", tokens.own, name="api_tokens"),
    path("me/tokens/new/", tokens.own_new, name="api_token_new"),
    path("me/tokens/<int:token_id>/withdrawal/", tokens.withdrawal, name="api_token_withdrawal"),
    path("set-up/api-tokens/", tokens.of_services, name="service_tokens"),
    path("set-up/api-tokens/new/", tokens.of_services_new, name="service_token_new"),
]
