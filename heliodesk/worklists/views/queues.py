"""The queues (V2), and the list of one of them: a list view with the order of work (Q3, V3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from heliodesk.cases import access
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.list_views.fields import Field
from heliodesk.list_views.filters import query_text
from heliodesk.list_views.queries.listing import Listing, page
from heliodesk.list_views.queries.queue_listing import is_plain, page_of_queue
from heliodesk.list_views.views.address import ListAddress, read_address
from heliodesk.list_views.views.list_page import context, fields_shown, list_page, read_page
from heliodesk.list_views.views.place import Place, of_queue
from heliodesk.list_views.views.rows import to_read
from heliodesk.people.access import Actor
from heliodesk.web.requests import DeskRequest
from heliodesk.web.shell import counted
from heliodesk.worklists.queries.names import key_of_slug, names, slug_of
from heliodesk.worklists.queries.waiting import Waiting


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue as the overview and a list's head show it; `once` is the token of its Take next."""

    key: int
    name: str
    place: Place
    waiting: Waiting
    is_mine: bool
    once: str = field(default_factory=lambda: str(uuid4()))

    @property
    def url(self) -> str:
        """The address of its list."""
        return self.place.url


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
    address, senseless = read_address(line.place, request.GET, by=request.actor)
    fields = fields_shown(request, address)
    read = partial(waiting_cases, line, address, fields, by=request.actor)
    listing, unread = read_page(request, read)
    if unread:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    shown = list_page(
        request, address, listing, fields, picks=request.actor.is_support, takes=line.is_mine
    )
    is_usual = not address.filter.groups and shown.is_usual
    about = {
        "queue": line,
        "filter_text": query_text(line.place.whole(address.filter)),
        "watched": None if is_usual else query_text(line.place.whole(address.filter)),
        "no_answer": bool(unread) and not listing.rows,
    }
    said = [*refusals, *senseless, *unread]
    return render(request, "worklists/queue.html", context(shown, said) | about, status=status)


def waiting_cases(
    line: QueueLine, address: ListAddress, fields: Sequence[Field], *, by: Actor, **cursor: str
) -> Listing:
    """A page of the queue's cases: by a statement of its own where nothing more is asked for."""
    columns = to_read(fields)
    if address.filter.groups or not all(map(is_plain, columns)):
        return page(line.place.whole(address.filter), columns, address.order, by=by, **cursor)
    return page_of_queue(line.key, columns, address.order, **cursor)


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
    place = of_queue(slug_of("queue", key))
    return QueueLine(
        key=key,
        name=names("queue", key)[key],
        place=place,
        waiting=counted(request, list_name=place.key).queues.get(key, Waiting()),
        is_mine=access.works_queue(key, request.actor),
    )
