"""What the bar below a list of cases, or of what a search found, sends: what to do, and to which
cases (V3)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from heliodesk.bulk.models import Act
from heliodesk.bulk.rules.starting import FEW
from heliodesk.bulk.views.beginning import begun
from heliodesk.cases import access
from heliodesk.cases.rules.taking import take
from heliodesk.core.addresses import address, parts_of
from heliodesk.core.numbers import whole
from heliodesk.web.back import own
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See

EXPORT = "export"


@require_POST
def selection(request: DeskRequest) -> HttpResponse:
    """Lead to the form of the act; taking a few asks nothing and is done at once, as is the one
    case whose own button was pressed (`only`)."""
    if only := whole(request.POST.get("only", "")):
        return _take_one(request, only)
    act = request.POST.get("act", "")
    sent = dict.fromkeys(map(whole, request.POST.getlist("case")))  # a search names some twice
    picked = [number for number in sent if number]
    question = {"act": act, "back": came_from(request)}
    if request.POST.get("everything"):
        question |= {"everything": "1", "filter": request.POST.get("filter", "")}
    else:
        question["cases"] = ",".join(map(str, picked))
    if act == EXPORT:
        return See(_export(question))
    if act == Act.TAKE and not request.POST.get("everything") and len(picked) <= FEW:
        return begun(request, {**question, "once": request.POST.get("once", "")})
    return See(f"{address('bulk_new')}?{urlencode(question, safe=',:/')}")


def came_from(request: DeskRequest) -> str:
    """The address of the list, by which the browser says where the bar stood."""
    asked = parts_of(request.META.get("HTTP_REFERER", ""))
    if asked.netloc != request.get_host():
        return "/"
    return own(f"{asked.path}?{asked.query}" if asked.query else asked.path, "/")


def _export(question: dict[str, str]) -> str:
    """The form of the export of what is selected, with the columns and the order of the list."""
    shown = QueryDict(parts_of(question["back"]).query)
    kept = {name: shown[name] for name in ("columns", "sort") if name in shown}
    which = {"cases": question["cases"]} if "cases" in question else {}
    rest = urlencode({**which, **kept, "back": question["back"]}, safe=",:/")
    asked = question.get("filter", "")
    return f"{address('export_new')}?{asked}{'&' if asked else ''}{rest}"


def _take_one(request: DeskRequest, number: int) -> HttpResponse:
    """Taking what one has already changes nothing, so that a second press does no harm (K3)."""
    case = take(access.get_case(number, by=request.actor), by=request.actor)
    said = 'Case <a href="{}">{}</a> is yours.'
    messages.success(request, format_html(said, case.get_absolute_url(), case.display_number))
    return See(came_from(request))
