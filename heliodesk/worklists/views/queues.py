"""The queues (V2), and the list of one of them (Q3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.cases import access
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.worklists.queries import rows
from heliodesk.worklists.queries.names import key_of_slug, names, slug_of
from heliodesk.worklists.queries.orders import Order
from heliodesk.worklists.queries.waiting import Waiting
from heliodesk.worklists.views.row_parts import rows_markup

IN_QUEUE = "c.owner_queue_id = %s AND c.status <> 'closed'"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue as the overview and a list's head show it; `once` is the token of its Take next."""

    key: int
    name: str
    url: str
    waiting: Waiting
    is_mine: bool
    once: str = field(default_factory=lambda: str(uuid4()))


@require_safe
def overview(request: DeskRequest) -> HttpResponse:
    """Every queue with what waits in it, and since when (V2)."""
    require_queues(request)
    lines = [queue_line(request, key) for key in names("queue") if key in counted(request).queues]
    return render(request, "worklists/queues.html", {"queues": lines})


@require_safe
def queue(request: DeskRequest, slug: str) -> HttpResponse:
    """The open cases of a queue, in the order of work or sorted by a column (Q3)."""
    return queue_page(request, find(request, slug))


def queue_page(
    request: DeskRequest, line: QueueLine, refusals: Iterable[Refused] = (), status: int = 200
) -> HttpResponse:
    """The list of a queue, with refusals above it where something was refused."""
    order = Order.named(request.GET.get("sort", ""))
    said = list(refusals)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    try:
        page = rows.page(IN_QUEUE, [line.key], order, after=after, before=before)
    except Refused as refused:
        said.append(refused)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        page = rows.page(IN_QUEUE, [line.key], order)
    context = {
        "queue": line,
        "page": page,
        "rows": rows_markup(page.rows, is_mine=line.is_mine),
        "sort": order.name,
        "older": address(line, order, after=page.after),
        "newer": address(line, order, before=page.before),
        "refusals": said,
    }
    return render(request, "worklists/queue.html", context, status=status)


def find(request: DeskRequest, slug: str) -> QueueLine:
    """The queue of that slug; refuses where there is none, or for people outside of Support."""
    require_queues(request)
    key = key_of_slug("queue", slug)
    if key is None:
        raise NotFound("queue_not_found", f"There is no queue “{slug}”.", rule="Q3")
    return queue_line(request, key)


def require_queues(request: DeskRequest) -> None:
    """Queues are Support's; for everybody else there is no such page (K6)."""
    if not request.actor.is_support:
        raise NotFound(
            "queues_not_found",
            "Queues are worked by Support. Your department's cases stand on My desk.",
            rule="K6",
        )


def queue_line(request: DeskRequest, key: int) -> QueueLine:
    """What is shown of a queue."""
    return QueueLine(
        key=key,
        name=names("queue", key)[key],
        url=f"/queues/{slug_of('queue', key)}/",
        waiting=counted(request).queues.get(key, Waiting()),
        is_mine=access.works_queue(key, request.actor),
    )


def address(line: QueueLine, order: Order, **cursor: str) -> str:
    """The list's address from a cursor on; empty where there is no cursor."""
    if not any(cursor.values()):
        return ""
    return f"{line.url}?{urlencode({'sort': order.name, **cursor})}"
