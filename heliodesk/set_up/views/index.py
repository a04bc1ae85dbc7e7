"""The index of the set-up."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.set_up.door import set_up_view
from heliodesk.web.requests import DeskRequest


@set_up_view("GET", "HEAD")
def index(request: DeskRequest) -> HttpResponse:
    """What there is to set up."""
    return render(request, "set_up/index.html")
