"""Answers with what is on record: a case with its ETag, a row, a page of rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.cache import get_conditional_response

from heliodesk.api import cursors
from heliodesk.api.answers import Answer, page
from heliodesk.api.queries import kept, listing, shapes
from heliodesk.api.queries.listing import Condition
from heliodesk.api.queries.shape import Shape
from heliodesk.api.requests import ApiRequest
from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.list_views.filters import Filter
from heliodesk.list_views.orders import ListOrder
from heliodesk.list_views.queries.listing import found
from heliodesk.people.access import Actor


class ChangedMeanwhile(Refused):
    """The case is no longer as `If-Match` says (K2)."""

    @property
    def status(self) -> HTTPStatus:
        """412."""
        return HTTPStatus.PRECONDITION_FAILED


def shown_case(request: ApiRequest, case: Case, *, status: int = 200) -> HttpResponse:
    """The case as it is now, with its ETag; 304 for who has it already."""
    text = case_text(case)
    etag = etag_of(text)
    answer = Answer(text, status=status)
    answer["ETag"] = etag
    if status == HTTPStatus.CREATED:
        answer["Location"] = f"/api/v1/cases/{case.display_number}"
    if request.method == "GET":
        return get_conditional_response(request, etag=etag, response=answer) or answer
    return answer


def case_text(case: Case) -> str:
    """The JSON of the case."""
    text = listing.one(shapes.CASE, "c.id = %s", [case.pk])
    if text is None:
        raise access.not_visible(case.display_number)
    return text


def etag_of(text: str) -> str:
    """The ETag of an answer with this text."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def require_match(request: ApiRequest, case: Case) -> None:
    """Lock the case, and refuse where `If-Match` says another state than it has (K2)."""
    wanted = [part.strip() for part in request.headers.get("If-Match", "").split(",")]
    if wanted == [""] or "*" in wanted:
        return
    access.lock(case)
    if etag_of(case_text(case)) not in wanted:
        raise ChangedMeanwhile(
            "changed_meanwhile",
            "Somebody changed the case since you read it. Read it again, and decide anew.",
            rule="K2",
        )


def shown_row(
    shape: Shape, where: str, values: Sequence[object], *, what: str, status: int = 200
) -> Answer:
    """The one row for which the condition holds; `NotFound` where there is none to see (K6)."""
    text = listing.one(shape, where, values)
    if text is None:
        raise NotFound(
            f"{what}_not_found", f"There is no such {what}, or not for you to see.", rule="K6"
        )
    return Answer(text, status=status)


def shown_page(
    request: ApiRequest, shape: Shape, conditions: Sequence[Condition], *, limit: int
) -> Answer:
    """A page of the rows for which all conditions hold, with the cursor of the next."""
    told = listing.rows(shape, conditions, start=cursors.read(request), limit=limit)
    following = cursors.write(request, told.following) if told.following else None
    return page(told.items, following)


def cases_page(
    request: ApiRequest, asked: Filter, order: ListOrder, *, limit: int, by: Actor
) -> Answer:
    """A page of the cases that the filter lets through and `by` may see, in the order: found as
    lists find them (V3), and each written once (`queries/kept.py`)."""
    start = cursors.read(request) or []
    rows = found(asked, order, start, kept.VERSION, most=limit + 1, by=by)
    more, rows = len(rows) > limit, rows[:limit]
    following = cursors.write(request, rows[-1][1:]) if more else None
    return page(kept.cases({row[-1]: row[0] for row in rows}), following)
