"""Signing in and out: passwords, second factors, the company's own sign-in, invitations, and where
one is signed in. allauth's other pages (sign-up, addresses) are not offered: people are invited."""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path, re_path

from heliodesk.people.single_sign_on import oidc, saml
from heliodesk.people.views import invitation, sessions, sign_in

SAML = [
    path("login/", saml.login, name="saml_login"),
    path("acs/", saml.acs, name="saml_acs"),
    path("acs/finish/", saml.finish_acs, name="saml_finish_acs"),
    path("metadata/", saml.sp_metadata, name="saml_metadata"),
    path("sls/", saml.sls, name="saml_sls"),
]

urlpatterns = [
    path("login/", sign_in.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/none/", sign_in.no_password, name="account_set_password"),
    path("confirm/", views.reauthenticate, name="account_reauthenticate"),
    path("password/reset/", sign_in.password_reset, name="account_reset_password"),
    path("password/reset/sent/", sign_in.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("factors/webauthn/", sign_in.to_factors, name="mfa_list_webauthn"),
    path("factors/", include("allauth.mfa.urls")),
    path("invitation/<str:link>/", invitation.accepting, name="invitation"),
    path("places/", sessions.listed, name="usersessions_list"),
    path("places/others/ending/", sessions.others_ending, name="sessions_others_ending"),
    path("places/<int:session_id>/ending/", sessions.ending, name="session_ending"),
    path("oidc/<slug:provider_id>/login/", oidc.login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/callback/", oidc.callback, name="openid_connect_callback"),
    path("saml/<slug:organization_slug>/", include(SAML)),
]
