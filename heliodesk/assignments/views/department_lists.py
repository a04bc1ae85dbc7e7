"""A department's list (A8), one's own over all departments, and all that is overdue (F4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.assignments.queries import rows
from heliodesk.assignments.queries.department_list import OF_ONE, SHOWN, Asked, asked_of
from heliodesk.assignments.queries.orders import ENDED, AssignmentOrder
from heliodesk.assignments.views.row_parts import Look, rows_markup
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.worklists.queries.names import key_of_slug, names

TABS = {"open": "Open", "mine": "Mine", "overdue": "Overdue", "ended": "Ended"}


@dataclass(frozen=True, slots=True)
class AssignmentList:
    """What a list is of: its name, its address, the departments in it, and what stands with them.

    `is_member` where the person may act on all of it.
    """

    name: str
    url: str
    departments: frozenset[int]
    asked: Asked
    is_member: bool
    rail: str = "departments"
    usual: str = "open"


@require_safe
def department(request: DeskRequest, slug: str) -> HttpResponse:
    """What is asked of one department: open, mine, overdue or ended."""
    key = find(slug, by=request.actor)
    mine = counted(request).departments
    asked = mine if key in mine else asked_of([key], person_id=request.actor.person_id)
    shown = AssignmentList(
        name=names("department", key)[key],
        url=f"/departments/{slug}/",
        departments=frozenset([key]),
        asked=asked.get(key, Asked()),
        is_member=key in request.actor.department_ids,
    )
    return list_page(request, shown)


@require_safe
def assignments(request: DeskRequest) -> HttpResponse:
    """What the person has accepted, and what else is asked of their departments."""
    shown = AssignmentList(
        name="My assignments",
        url="/assignments/",
        departments=request.actor.department_ids,
        asked=total(counted(request).departments.values()),
        is_member=True,
        rail="assignments",
        usual="mine",
    )
    return list_page(request, shown)


def list_page(
    request: DeskRequest,
    shown: AssignmentList,
    *,
    tabs: Iterable[str] = TABS,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of a list, one of its tabs, sorted by any column."""
    tabs = [tab for tab in tabs if tab != "mine" or shown.is_member]
    show = request.GET.get("show", "")
    show = show if show in tabs else shown.usual
    order = order_of(request, show)
    page, refusals = read_page(request, shown, show, order)
    look = Look(
        ended=show == "ended",
        department=len(shown.departments) > 1,
        acts=shown.is_member,
        back=request.get_full_path(),
    )
    context = {
        "list": shown,
        "page": page,
        "rows": rows_markup(page.rows, look, by=request.actor),
        "look": look,
        "show": show,
        "tabs": [_tab(tab, shown) for tab in tabs],
        "sort": order.name,
        "base": f"{shown.url}?show={show}",
        "older": _address(shown, show, order, after=page.after),
        "newer": _address(shown, show, order, before=page.before),
        "refusals": refusals,
        "once": str(uuid4()),
        **(more or {}),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusals else HTTPStatus.OK
    return render(request, "assignments/department.html", context, status=status)


def read_page(
    request: DeskRequest, shown: AssignmentList, show: str, order: AssignmentOrder
) -> tuple[rows.Page, list[Refused]]:
    """The page of the tab that the request asks for; its beginning, and why, where the cursor
    leads nowhere."""
    of_one = len(shown.departments) <= 1
    read = partial(
        rows.page,
        (OF_ONE if of_one else SHOWN)[show],
        {"departments": list(shown.departments), "person": request.actor.person_id},
        order,
    )
    try:
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        return read(after=after, before=before), []
    except Refused as refused:
        return read(), [refused]


def order_of(request: DeskRequest, show: str) -> AssignmentOrder:
    """The order that is asked for; the latest first for what has ended, and only for that."""
    asked = request.GET.get("sort", "")
    column = asked.removeprefix("-")
    if show == "ended" and column not in AssignmentOrder.columns:
        return ENDED
    return AssignmentOrder.named("" if show != "ended" and column == ENDED.column else asked)


def find(slug: str, *, by: Actor) -> int:
    """The ID of the department of that slug; the same refusal where there is none and where its
    list is not for `by`: it is for its members and for Support (K6)."""
    key = key_of_slug("department", slug)
    if key is None or not (by.is_support or key in by.department_ids):
        raise NotFound(
            "department_not_found",
            f"There is no department “{slug}”, or its list is not one you may see. What your own "
            "departments are asked stands under My assignments.",
            rule="K6",
        )
    return key


def total(several: Iterable[Asked]) -> Asked:
    """What stands with several departments together."""
    each = list(several)
    return Asked(
        open=sum(one.open for one in each),
        accepted=sum(one.accepted for one in each),
        overdue=sum(one.overdue for one in each),
        mine=sum(one.mine for one in each),
        oldest=min((one.oldest for one in each if one.oldest), default=None),
    )


def _tab(tab: str, shown: AssignmentList) -> dict[str, Any]:
    return {
        "key": tab,
        "label": TABS[tab],
        "url": f"{shown.url}?show={tab}",
        "count": getattr(shown.asked, tab, None),
        "note": "",
    }


def _address(shown: AssignmentList, show: str, order: AssignmentOrder, **cursor: str) -> str:
    """The list's address from a cursor on; empty where there is no cursor."""
    if not any(cursor.values()):
        return ""
    return f"{shown.url}?{urlencode({'show': show, 'sort': order.name, **cursor})}"
