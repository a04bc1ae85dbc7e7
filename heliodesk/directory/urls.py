"""Addresses of directory."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.directory.views import accounts, contacts, contracts, jobs, picking
from heliodesk.directory.views.history import account_history

ACCOUNT = "accounts/<int:pk>/"
CONTRACT = "contracts/<str:contract_id>/"

urlpatterns: list[URLPattern] = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path(ACCOUNT, accounts.account, name="account"),
    path(f"{ACCOUNT}edit/", accounts.account_edit, name="account_edit"),
    path(f"{ACCOUNT}cases/", account_history, {"what": "cases"}, name="account_cases"),
    path(
        f"{ACCOUNT}interactions/",
        account_history,
        {"what": "interactions"},
        name="account_interactions",
    ),
    path(f"{ACCOUNT}files/", account_history, {"what": "files"}, name="account_files"),
    path(f"{ACCOUNT}contacts/new/", contacts.contact_new, name="contact_new"),
    path(f"{ACCOUNT}contracts/new/", contracts.contract_new, name="contract_new"),
    path(f"{ACCOUNT}jobs/", jobs.jobs, name="jobs"),
    path(f"{ACCOUNT}jobs/new/", jobs.job_new, name="job_new"),
    path("jobs/<int:pk>/edit/", jobs.job_edit, name="job_edit"),
    path("contacts/options/", picking.contact_options, name="contact_options"),
    path("orgs/options/", picking.org_options, name="org_options"),
    path("managers/options/", picking.manager_options, name="manager_options"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact_edit"),
    path("contracts/", contracts.contracts, name="contracts"),
    path(CONTRACT, contracts.contract, name="contract"),
    path(f"{CONTRACT}edit/", contracts.contract_edit, name="contract_edit"),
]
