"""Pages that belong to no part of the business."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.web.guide import chapters
from heliodesk.web.requests import DeskRequest


@require_safe
def guide(request: DeskRequest) -> HttpResponse:
    """The procedures by number."""
    return render(request, "web/guide.html", {"chapters": chapters()})
