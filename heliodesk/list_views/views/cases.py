"""The list of cases: any filter, any columns, saved or not (V3)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.list_views.access import may_keep
from heliodesk.list_views.filters import query_text
from heliodesk.list_views.queries.listing import page
from heliodesk.list_views.views.address import is_changed, read_address
from heliodesk.list_views.views.list_page import context, fields_shown, list_page, read_page
from heliodesk.list_views.views.place import CASES
from heliodesk.list_views.views.rows import to_read
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted


@require_safe
def cases(request: DeskRequest) -> HttpResponse:
    """The cases that one may see, filtered, sorted and shown as the address says. What makes no
    sense in it is named, and the rest holds."""
    address, refusals = read_address(CASES, request.GET, by=request.actor)
    fields = fields_shown(request, address)
    read = partial(page, address.filter, to_read(fields), address.order, by=request.actor)
    listing, unread = read_page(request, read)
    if any(refused.code == "too_many_to_sort" for refused in unread):
        address = replace(address, order=CASES.order(""), is_saved=False)
        read = partial(page, address.filter, to_read(fields), address.order, by=request.actor)
        listing, more = read_page(request, read)
        unread += more
    shown = list_page(
        request, address, listing, fields, picks=request.actor.is_support, takes=False
    )
    view = address.view
    about = {
        "view": view,
        "is_changed": is_changed(address),
        "may_keep": view is not None and may_keep(view, request.actor),
        "is_pinned": view is not None and view.pk in counted(request).pinned,
        "filter_text": query_text(address.filter),
        "no_answer": bool(unread) and not listing.rows,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if unread else HTTPStatus.OK
    said = context(shown, [*refusals, *unread]) | about
    return render(request, "list_views/cases.html", said, status=status)
