"""Addresses of cases."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.cases.views.case_page import case
from heliodesk.cases.views.change_contract import contract
from heliodesk.cases.views.closing import closure_new
from heliodesk.cases.views.editing import edit
from heliodesk.cases.views.follow_up_date import follow_up_date, follow_up_date_gone
from heliodesk.cases.views.following import follow, unfollow
from heliodesk.cases.views.homeowner_case import homeowner_case_new
from heliodesk.cases.views.installer_case import installer_case_for_contact_new, installer_case_new
from heliodesk.cases.views.interaction import interaction_new
from heliodesk.cases.views.matching import matching_cases
from heliodesk.cases.views.merging import merge_new, merge_undo
from heliodesk.cases.views.not_on_record import not_on_record_new
from heliodesk.cases.views.ownership import owner, owner_options
from heliodesk.cases.views.printing import printing
from heliodesk.cases.views.relating import related_gone, related_new, related_options
from heliodesk.cases.views.reopening import reopening_new
from heliodesk.cases.views.review import review_new
from heliodesk.cases.views.status import status

CASE = "cases/<int:number>/"

urlpatterns: list[URLPattern] = [
    path(CASE, case, name="case"),
    path(f"{CASE}review/new/", review_new, name="review_new"),
    path(f"{CASE}closure/new/", closure_new, name="closure_new"),
    path(f"{CASE}reopening/new/", reopening_new, name="reopening_new"),
    path(f"{CASE}owner/", owner, name="change_owner"),
    path(f"{CASE}status/", status, name="set_status"),
    path(f"{CASE}edit/", edit, name="case_edit"),
    path(f"{CASE}contract/", contract, name="change_contract"),
    path(f"{CASE}print/", printing, name="case_print"),
    path(f"{CASE}follow-up-date/", follow_up_date, name="follow_up_date"),
    path(f"{CASE}follow-up-date/removal/", follow_up_date_gone, name="follow_up_date_gone"),
    path(f"{CASE}following/", follow, name="follow_case"),
    path(f"{CASE}following/end/", unfollow, name="unfollow_case"),
    path(f"{CASE}related/new/", related_new, name="related_new"),
    path(f"{CASE}related/options/", related_options, name="related_options"),
    path(f"{CASE}related/<int:other>/removal/", related_gone, name="related_gone"),
    path(f"{CASE}merge/new/", merge_new, name="merge_new"),
    path(f"{CASE}merge/undoing/", merge_undo, name="merge_undo"),
    path("owners/options/", owner_options, name="owner_options"),
    path("cases/matching/", matching_cases, name="matching_cases"),
    path("contracts/<str:contract_id>/cases/new/", homeowner_case_new, name="homeowner_case_new"),
    path("accounts/<int:account_id>/cases/new/", installer_case_new, name="installer_case_new"),
    path(
        "contacts/<int:contact_id>/cases/new/",
        installer_case_for_contact_new,
        name="installer_case_for_contact_new",
    ),
    path(
        "accounts/<int:account_id>/not-on-record/new/", not_on_record_new, name="not_on_record_new"
    ),
    path("interactions/new/", interaction_new, name="interaction_new"),
]
