"""Single sign-on in the set-up."""

from __future__ import annotations

from django.urls import path

from heliodesk.people.views import single_sign_on as views

urlpatterns = [
    path("", views.providers, name="single_sign_on"),
    path("new/<str:kind>/", views.provider_new, name="identity_provider_new"),
    path("at/<slug:slug>/", views.provider, name="identity_provider"),
    path("at/<slug:slug>/edit/", views.provider_edit, name="identity_provider_edit"),
    path("at/<slug:slug>/test/", views.provider_test, name="identity_provider_test"),
    path(
        "at/<slug:slug>/mappings/<int:mapping_id>/removal/",
        views.mapping_removal,
        name="group_mapping_removal",
    ),
    path(
        "at/<slug:slug>/people/<int:account_id>/unlinking/",
        views.unlinking,
        name="identity_unlinking",
    ),
]
