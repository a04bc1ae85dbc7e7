"""Exporting a list of cases (V3): a small file at once, a large one by a worker."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.background.workers import health
from heliodesk.bulk.access import get_export, require_export
from heliodesk.bulk.forms.acts import numbers_of
from heliodesk.bulk.models import Export
from heliodesk.bulk.queries.exported import Wanted, is_large
from heliodesk.bulk.queries.selected import understood
from heliodesk.bulk.rules.exporting import KEPT_FOR, export_now, start_export
from heliodesk.bulk.selection import Selection
from heliodesk.core import clock
from heliodesk.core.addresses import address
from heliodesk.core.refusal import Refused
from heliodesk.list_views.columns import read_columns
from heliodesk.list_views.fields import FIELDS
from heliodesk.list_views.filters import query_text
from heliodesk.web.back import back_to
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See

SOON = 5.0  # seconds after which the page asks whether there is a worker at all
CSV = "text/csv; charset=utf-8"
OWN = ("columns", "sort", "cases", "excel", "back")
ALL = "all"


@require_safe
def new(request: DeskRequest) -> HttpResponse:
    """Which columns, and for what: each choice is a link to the file."""
    require_export(by=request.actor)
    wanted_of(request.GET)
    asked = request.GET.copy()
    asked.pop("back", None)
    context = {
        "shown": f"{address('export')}?{asked.urlencode(safe=':,')}",
        "every": f"{address('export')}?{_with(asked, columns=ALL)}",
        "shown_excel": f"{address('export')}?{_with(asked, excel='1')}",
        "every_excel": f"{address('export')}?{_with(asked, columns=ALL, excel='1')}",
        "picked": len(numbers_of(request.GET.get("cases", ""))),
        "back": back_to(request, "/"),
        "hours": int(KEPT_FOR.total_seconds() // 3600),
    }
    return render(request, "bulk/export_new.html", context)


@require_safe
def export(request: DeskRequest) -> HttpResponseBase:
    """The file; where it has many rows, the page of the export that a worker writes."""
    require_export(by=request.actor)
    wanted = wanted_of(request.GET)
    if is_large(wanted, by=request.actor):
        return See(address("export_page", start_export(wanted, by=request.actor).pk))
    file, _ = export_now(wanted, by=request.actor)
    return _attached(file)


@require_safe
def export_page(request: DeskRequest, export_id: int) -> HttpResponse:
    """How far a large export is, and its file."""
    found = get_export(export_id, by=request.actor)
    context = {
        "export": found,
        "until": found.ended_at + KEPT_FOR if found.ended_at else None,
        "again": f"{address('export')}?{_question(found)}",
        "unworked": found.ended_at is None and _waits(found) and not health().lives,
    }
    return render(request, "bulk/export.html", context)


@require_safe
def export_file(request: DeskRequest, export_id: int) -> HttpResponseBase:
    """The file of a large export, for whoever asked for it and may still export."""
    require_export(by=request.actor)
    found = get_export(export_id, by=request.actor)
    if not found.stored_as:
        raise Refused(
            "export_not_kept",
            "The file of this export is not there (any more). Export the list again.",
            rule="V3",
        )
    return _attached(default_storage.open(found.stored_as))


def wanted_of(asked: QueryDict) -> Wanted:
    """The export that an address asks for; refuses a filter that cannot be used as it stands, and
    a column that is gone."""
    if asked.get("columns") == ALL:
        names = tuple(FIELDS)
    else:
        columns, refused = read_columns(asked.get("columns", ""))
        if refused:
            raise refused[0]
        names = tuple(field.name for field in columns)
    if "cases" in asked:
        over = Selection(numbers=numbers_of(str(asked["cases"])))
    else:
        rest = asked.copy()
        for name in OWN:
            rest.pop(name, None)
        over = Selection(query=query_text(understood(rest.urlencode())), everything=True)
    return Wanted(over, names, asked.get("sort", ""), bool(asked.get("excel")))


def _with(asked: QueryDict, **more: str) -> str:
    changed = asked.copy()
    for name, value in more.items():
        changed[name] = value
    return changed.urlencode(safe=":,")


def _question(found: Export) -> str:
    asked = urlencode(
        {"columns": found.columns, "sort": found.order, "excel": "1" if found.for_excel else ""},
        safe=",",
    )
    return f"{found.query}&{asked}" if found.query else asked


def _waits(found: Export) -> bool:
    return (clock.now() - found.started_at).total_seconds() > SOON


def _attached(file: Any) -> FileResponse:
    name = f"cases-{clock.today():%Y-%m-%d}.csv"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=CSV)
    answer["X-Content-Type-Options"] = "nosniff"
    answer.status_code = HTTPStatus.OK
    return answer
