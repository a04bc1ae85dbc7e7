"""Pages that belong to no part of the business."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from heliodesk.web.guide import chapters
from heliodesk.web.requests import DeskRequest


@require_safe
def guide(request: DeskRequest) -> HttpResponse:
    """The procedures by number."""
    return render(request, "web/guide.html", {"chapters": chapters()})


@require_safe
@login_not_required
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """The mark, for pages that do not name it and browsers that ask all the same."""
    return redirect(static("web/img/mark.svg"))
