"""What is done to a case: owner, status, review, closing, reopening, merging, following (Q, S, L,
X, W)."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse
from ninja import Router

from heliodesk.api import chosen
from heliodesk.api.as_read import as_read
from heliodesk.api.bodies import Body, Flag, Id, Moment, Text
from heliodesk.api.parameters import CaseNumber, Cursor, Limit, Slug
from heliodesk.api.queries import shapes
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import CaseShown, HistoryShown, listed
from heliodesk.api.shown import shown_case, shown_page
from heliodesk.cases import access
from heliodesk.cases.models import ClosedReason
from heliodesk.cases.rules import follow_up_date, following, merging, ownership, taking
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.reopening import reopen
from heliodesk.cases.rules.review import log_review as rule_log_review
from heliodesk.cases.rules.status import set_status as rule_set_status
from heliodesk.core.refusal import NotPermitted
from heliodesk.people.models import Queue

router = Router(tags=["Working a case"])
HistoryPage = listed(HistoryShown)


class NewOwner(Body):
    """Exactly one of agent and queue (Q1, Q2, Q5)."""

    agent: Id | None = None
    queue: Text | None = None
    reason: Text = ""
    escalation: Flag = False


class NewStatus(Body):
    """The two that people set (S2)."""

    status: Literal["awaiting_customer", "awaiting_support"]


class Review(Body):
    """A review's comments (L2, L3)."""

    comments: Text


class Closing(Body):
    """Why the case is closed (X1)."""

    closed_reason: Id
    note: Text = ""


class Merging(Body):
    """The case that survives (X7)."""

    into: Text


class FollowUpDate(Body):
    """When to come back to the case, and what for (W1)."""

    at: Moment
    what_for: Text


@router.put("/cases/{number}/owner", response=CaseShown)
@as_read
def change_owner(request: ApiRequest, number: CaseNumber, body: NewOwner) -> HttpResponse:
    """Give the case to an agent or a queue (Q1, Q2, Q5)."""
    case = access.get_case(number, by=request.actor)
    to = chosen.owner(body.agent, body.queue)
    with chosen.called(to="queue" if body.agent is None else "agent"):
        case = ownership.change_owner(
            case, to=to, reason=body.reason, escalation=body.escalation, by=request.actor
        )
    return shown_case(request, case)


@router.post("/cases/{number}/taking", response=CaseShown)
@as_read
def take_case(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Become the owner of a case of one's queue (Q4)."""
    case = taking.take(access.get_case(number, by=request.actor), by=request.actor)
    return shown_case(request, case)


@router.post("/queues/{slug}/next", response=CaseShown)
def take_next_case(request: ApiRequest, slug: Slug) -> HttpResponse:
    """Take the top case of the queue's order of work that can be acted on (Q3, Q4)."""
    queue = chosen.by_slug(Queue.objects.all(), slug, "slug")
    return shown_case(request, taking.take_next(queue, by=request.actor))


@router.put("/cases/{number}/status", response=CaseShown)
@as_read
def set_status(request: ApiRequest, number: CaseNumber, body: NewStatus) -> HttpResponse:
    """Awaiting Customer Response, or Awaiting Customer Support (S2)."""
    case = access.get_case(number, by=request.actor)
    return shown_case(request, rule_set_status(case, body.status, by=request.actor))


@router.post("/cases/{number}/reviews", response={201: CaseShown})
@as_read
def log_review(request: ApiRequest, number: CaseNumber, body: Review) -> HttpResponse:
    """Log a review (L1 to L6); the case with it as its latest."""
    case = access.get_case(number, by=request.actor)
    rule_log_review(case, comments=body.comments, by=request.actor)
    return shown_case(request, case, status=201)


@router.post("/cases/{number}/closure", response={201: CaseShown})
@as_read
def close_case(request: ApiRequest, number: CaseNumber, body: Closing) -> HttpResponse:
    """Close the case, once all its assignments have ended (X1, X2)."""
    case = access.get_case(number, by=request.actor)
    reason = chosen.row(ClosedReason.objects.all(), body.closed_reason, "closed_reason")
    with chosen.called(reason="closed_reason"):
        close(case, reason=reason, note=body.note, by=request.actor)
    return shown_case(request, case, status=201)


@router.post("/cases/{number}/reopening", response={201: CaseShown})
@as_read
def reopen_case(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Reopen the case, once in its life, within six hours (X4)."""
    case = access.get_case(number, by=request.actor)
    return shown_case(request, reopen(case, by=request.actor), status=201)


@router.post("/cases/{number}/merge", response={201: CaseShown})
def merge_cases(request: ApiRequest, number: CaseNumber, body: Merging) -> HttpResponse:
    """Merge the case into another of the same customer; the survivor is answered (X7)."""
    case = access.get_case(number, by=request.actor)
    into = chosen.found(chosen.case(body.into, "into", by=request.actor), body.into, "into")
    with chosen.called(other="into"):
        merge = merging.merge_cases(case, into=into, by=request.actor)
    return shown_case(request, merge.into, status=201)


@router.post("/cases/{number}/merge/undoing", response={201: CaseShown})
def undo_merge(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Undo the merge of a case that was closed as Duplicate, within six hours (X7)."""
    case = access.get_case(number, by=request.actor)
    merging.undo_merge(case, by=request.actor)
    return shown_case(request, case, status=201)


@router.put("/cases/{number}/follow-up-date", response=CaseShown)
@as_read
def set_follow_up(request: ApiRequest, number: CaseNumber, body: FollowUpDate) -> HttpResponse:
    """Set when to come back to the case (W1)."""
    case = access.get_case(number, by=request.actor)
    done = follow_up_date.set_follow_up(case, at=body.at, what_for=body.what_for, by=request.actor)
    return shown_case(request, done)


@router.delete("/cases/{number}/follow-up-date", response=CaseShown)
@as_read
def clear_follow_up(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Take the follow-up date away (W1)."""
    case = access.get_case(number, by=request.actor)
    return shown_case(request, follow_up_date.clear_follow_up(case, by=request.actor))


@router.put("/cases/{number}/following", response=CaseShown)
def follow_case(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Get the notices of the case (W2)."""
    case = access.get_case(number, by=request.actor)
    return shown_case(request, following.follow_case(case, by=request.actor))


@router.delete("/cases/{number}/following", response=CaseShown)
def unfollow_case(request: ApiRequest, number: CaseNumber) -> HttpResponse:
    """Get them no longer (W2)."""
    case = access.get_case(number, by=request.actor)
    return shown_case(request, following.unfollow_case(case, by=request.actor))


@router.get("/cases/{number}/history", response=HistoryPage)
def list_case_history(
    request: ApiRequest, number: CaseNumber, cursor: Cursor, limit: Limit
) -> HttpResponse:
    """The record of changes of the case, the newest first (K4); for administrators."""
    if not request.actor.is_administrator:
        raise NotPermitted(
            "record_is_administrators",
            "Administrators read the record of changes. What happened stands in the feed.",
            rule="K4",
        )
    case = access.get_bare_case(number, by=request.actor)
    of_case = ("h.subject_kind = 'case' AND h.subject_id = %s", [case.pk])
    return shown_page(request, shapes.HISTORY, [of_case], limit=limit)
