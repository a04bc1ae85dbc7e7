"""The index of the set-up."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.queries.checklist import checklist
from heliodesk.web.requests import DeskRequest


@set_up_view("GET", "HEAD")
def index(request: DeskRequest) -> HttpResponse:
    """What there is to set up; on a desk that is not ready, what is missing."""
    return render(request, "set_up/index.html", {"steps": checklist()})
