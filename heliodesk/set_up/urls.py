"""The set-up for administrators: what the desk works with, in the desk's own look."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, register_converter

from heliodesk.set_up.views import choice_lists, choices
from heliodesk.set_up.views.changes import record_of_changes
from heliodesk.set_up.views.choice_kinds import KindConverter
from heliodesk.set_up.views.desk_settings import desk_settings
from heliodesk.set_up.views.index import index

register_converter(KindConverter, "choice_kind")  # type: ignore[arg-type]  # its stubs want a converter's own base class

urlpatterns: list[URLPattern | URLResolver] = [
    path("set-up/", index, name="set_up"),
    path("set-up/", include("heliodesk.set_up.people_urls")),
    path("set-up/request-types/", choice_lists.request_types, name="request_types"),
    path("set-up/request-types/<int:pk>/", choice_lists.request_type, name="request_type"),
    path("set-up/closed-reasons/", choice_lists.closed_reasons, name="closed_reasons"),
    path("set-up/case-sources/", choice_lists.case_sources, name="case_sources"),
    path("set-up/referral-reasons/", choice_lists.referral_reasons, name="referral_reasons"),
    path("set-up/referral-reasons/<int:pk>/", choice_lists.referral_reason, name="referral_reason"),
    path("set-up/<choice_kind:kind>/new/", choices.choice_new, name="choice_new"),
    path("set-up/<choice_kind:kind>/<int:pk>/edit/", choices.choice_edit, name="choice_edit"),
    path("set-up/<choice_kind:kind>/<int:pk>/place/", choices.choice_place, name="choice_place"),
    path(
        "set-up/<choice_kind:kind>/<int:pk>/retirement/",
        choices.choice_retirement,
        name="choice_retirement",
    ),
    path(
        "set-up/<choice_kind:kind>/<int:pk>/offering/",
        choices.choice_offering,
        name="choice_offering",
    ),
    path(
        "set-up/<choice_kind:kind>/<int:pk>/deletion/new/",
        choices.choice_deletion,
        name="choice_deletion",
    ),
    path("set-up/settings/", desk_settings, name="desk_settings"),
    path("set-up/changes/", record_of_changes, name="record_of_changes"),
]
