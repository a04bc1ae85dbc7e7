"""Addresses of assignments and departments."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.assignments.views import departments, ending, working
from heliodesk.assignments.views.assignment_page import assignment
from heliodesk.assignments.views.department_lists import assignments, department
from heliodesk.assignments.views.follow_up import assignment_follow_up
from heliodesk.assignments.views.new_assignment import assignment_new
from heliodesk.assignments.views.voiding import case_void
from heliodesk.assignments.views.withdrawal import assignment_withdraw

CASE = "cases/<int:number>/"
ASSIGNMENT = "assignments/<str:number>/"

urlpatterns: list[URLPattern] = [
    path(f"{CASE}assignments/new/", assignment_new, name="assignment_new"),
    path(f"{CASE}voiding/new/", case_void, name="case_void"),
    path(f"{ASSIGNMENT}follow-up/", assignment_follow_up, name="assignment_follow_up"),
    path(f"{ASSIGNMENT}withdrawal/new/", assignment_withdraw, name="assignment_withdraw"),
    path("departments/", departments.departments, name="departments"),
    path("departments/<slug:slug>/", department, name="department"),
    path("assignments/", assignments, name="assignments"),
    path(ASSIGNMENT, assignment, name="assignment"),
    path(f"{ASSIGNMENT}acceptance/", working.accept, name="assignment_accept"),
    path(f"{ASSIGNMENT}takeover/", working.take_over, name="assignment_take_over"),
    path(f"{ASSIGNMENT}release/", working.release, name="assignment_release"),
    path(f"{ASSIGNMENT}completion/new/", ending.complete, name="assignment_complete"),
    path(f"{ASSIGNMENT}rejection/new/", ending.reject, name="assignment_reject"),
    path(f"{ASSIGNMENT}return/new/", ending.send_back, name="assignment_return"),
]
