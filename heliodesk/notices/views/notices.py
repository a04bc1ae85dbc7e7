"""The bell's list, and opening what it leads to (C2)."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.cases.access import may_review
from heliodesk.core.addresses import address
from heliodesk.core.forms import DeskForm
from heliodesk.core.numbers import whole
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.queries import notices_of
from heliodesk.notices.rules.reading import mark_notices_read, open_notice
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.web.submit import See

IN_THE_BELL = 8  # cases


class ReadForm(DeskForm):
    """Mark read, up to the newest which was on the screen: all, or those of one case."""

    up_to = forms.IntegerField(min_value=0, max_value=2**62)
    case = forms.IntegerField(min_value=0, max_value=2**62, required=False)


@require_http_methods(["GET"])
def notices(request: DeskRequest) -> HttpResponse:
    """One's notices by case; those of one case where it is named."""
    before, case = request.GET.get("before"), whole(request.GET.get("case", ""))
    page = notices_of(request.actor, before=before, case=case)
    context = {"page": page, "before": before, "only": case, "unread": counted(request).unread}
    return render(request, "notices/notices.html", context)


@require_http_methods(["GET"])
def bell(request: DeskRequest) -> HttpResponse:
    """What the bell shows now: how many are unread, and the newest by case; without the frame."""
    page = notices_of(request.actor, limit=IN_THE_BELL)
    context = {"page": page, "before": None, "unread": counted(request).unread}
    return render(request, "notices/bell.html", context)


@require_http_methods(["GET"])
def notice(request: DeskRequest, notice_id: int) -> HttpResponse:
    """Mark it read and go to the very post. Opening is reading: it may be done again."""
    return HttpResponseRedirect(place_of(open_notice(notice_id, by=request.actor), request.actor))


def place_of(notice: Notice, by: Actor) -> str:
    """Where a notice leads: to its post; where it has none, to what is due; where it tells of
    several cases, to them."""
    if notice.bulk_action is not None and notice.cases > 1:
        return address("bulk_given", notice.bulk_action)
    if notice.kind == NoticeKind.WEBHOOK_OFF:
        return address("webhooks")
    case = notice.case.get_absolute_url()
    if notice.item_id is not None:
        return f"{case}?item={notice.item_id}#item-{notice.item_id}"
    due = notice.kind == NoticeKind.REVIEW_OVERDUE and not notice.case.is_closed
    if due and may_review(notice.case, by):
        return f"{case}review/new/"
    return case


@require_http_methods(["POST"])
def notices_read(request: DeskRequest) -> HttpResponse:
    """Mark those read that were on the screen."""
    form = ReadForm(request.POST)
    if form.is_valid():
        read = form.cleaned_data
        mark_notices_read(up_to=read["up_to"], case=read["case"], by=request.actor)
    return See("/notices/")
