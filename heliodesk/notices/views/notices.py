"""The bell's list, and opening what it leads to (C2)."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.core.forms import DeskForm
from heliodesk.notices.queries import notices_of
from heliodesk.notices.rules.reading import mark_all_read, open_notice
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See


class ReadForm(DeskForm):
    """Mark all read, up to the newest which was on the screen."""

    up_to = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)


@require_http_methods(["GET"])
def notices(request: DeskRequest) -> HttpResponse:
    """One's notices, newest first."""
    before = request.GET.get("before")
    page = notices_of(request.actor, before=before)
    return render(request, "notices/notices.html", {"page": page, "before": before})


@require_http_methods(["GET"])
def notice(request: DeskRequest, notice_id: int) -> HttpResponse:
    """Mark it read and go to the very post. Opening is reading: it may be done again."""
    found = open_notice(notice_id, by=request.actor)
    place = f"?item={found.item_id}#item-{found.item_id}"
    return HttpResponseRedirect(found.case.get_absolute_url() + place)


@require_http_methods(["POST"])
def notices_read(request: DeskRequest) -> HttpResponse:
    """Mark all read that were on the screen."""
    form = ReadForm(request.POST)
    if form.is_valid():
        mark_all_read(up_to=form.cleaned_data["up_to"], by=request.actor)
    return See("/notices/")
