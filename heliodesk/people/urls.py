"""Signing in and out, and one's password. allauth's other pages (sign-up, addresses, resets by
mail) are not offered: an administrator makes the users and sets their first password."""

from __future__ import annotations

from allauth.account import views
from django.urls import path

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/", views.password_change, name="account_change_password"),
]
