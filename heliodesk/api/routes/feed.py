"""The feed of a case and its posts (C), interactions (B1), notices (C2)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils.html import strip_tags
from ninja import Query, Router

from heliodesk.api import chosen, cursors
from heliodesk.api.answers import answer
from heliodesk.api.bodies import Body, Flag, Id, Text
from heliodesk.api.parameters import CaseNumber, Cursor, Key, Limit
from heliodesk.api.queries import shapes
from heliodesk.api.queries.listing import Condition, among
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import FeedItemShown, InteractionShown, NoticeShown, Shown, listed
from heliodesk.api.shown import shown_page
from heliodesk.cases import access
from heliodesk.cases.models import Channel
from heliodesk.cases.rules.interaction import record_interaction as rule_record_interaction
from heliodesk.feed.access import get_item
from heliodesk.feed.models import FeedItem
from heliodesk.feed.queries import FeedRow, feed_of
from heliodesk.feed.rules import posts
from heliodesk.notices.queries import own_notices
from heliodesk.notices.rules import reading

router = Router(tags=["Feed and notices"])


class ThreadShown(FeedItemShown):
    """An item with the replies to it, the oldest first."""

    replies: list[FeedItemShown]


FeedPage = listed(ThreadShown)
NoticesPage = listed(NoticeShown)


class ReadShown(Shown):
    """How many were unread."""

    read: int


class Post(Body):
    """What is posted, as Markdown; a reply with `parent` (C1, C5)."""

    body: Text
    parent: Id | None = None


class NewText(Body):
    """The text anew (C4)."""

    body: Text


class Interaction(Body):
    """Who, by which channel, what about, resolved or not (B1)."""

    account: Id | None = None
    contact: Id | None = None
    contract_id: Text | None = None
    case: Text | None = None
    channel: Channel
    spoke_with: Text = ""
    about: Text
    resolved: Flag


class Read(Body):
    """Up to which notice; all, or those of one case."""

    up_to: Id
    case: Text | None = None


@router.get("/cases/{number}/feed", response=FeedPage)
def list_feed(
    request: ApiRequest,
    number: CaseNumber,
    show: Annotated[Literal["everything", "posts"], Query("everything")],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """The feed of a case: the newest thread first (C1, C3)."""
    case = access.get_bare_case(number, by=request.actor)
    start = cursors.read(request)
    page = feed_of(
        case, by=request.actor, show=show, before=start[0] if start else None, limit=limit
    )
    bodies = _bodies([row for root in page.rows for row in (root, *root.replies)])
    following = cursors.write(request, [page.older]) if page.older else None
    items = [
        _item(root, None, bodies)
        | {"replies": [_item(row, root.id, bodies) for row in root.replies]}
        for root in page.rows
    ]
    return answer({"items": items, "next": following})


@router.post("/cases/{number}/posts", response={201: FeedItemShown})
def create_post(request: ApiRequest, number: CaseNumber, body: Post) -> HttpResponse:
    """Post on a case, or reply (C1)."""
    case = access.get_bare_case(number, by=request.actor)
    parent = get_item(case, body.parent) if body.parent else None
    made = posts.post(case, body=body.body, parent=parent, by=request.actor)
    return answer(_made(made, request.actor.name), status=201)


@router.patch("/cases/{number}/posts/{item_id}", response=FeedItemShown)
def edit_post(request: ApiRequest, number: CaseNumber, item_id: Key, body: NewText) -> HttpResponse:
    """Change one's own post, for 15 minutes (C4)."""
    case = access.get_bare_case(number, by=request.actor)
    made = posts.edit_post(get_item(case, item_id), body=body.body, by=request.actor)
    return answer(_made(made, request.actor.name))


@router.delete("/cases/{number}/posts/{item_id}", response=FeedItemShown)
def delete_post(request: ApiRequest, number: CaseNumber, item_id: Key) -> HttpResponse:
    """Delete one's own post, for 15 minutes; the feed says so (C4)."""
    case = access.get_bare_case(number, by=request.actor)
    made = posts.delete_post(get_item(case, item_id), by=request.actor)
    return answer(_made(made, request.actor.name))


@router.post("/interactions", response={201: InteractionShown})
def record_interaction(request: ApiRequest, body: Interaction) -> HttpResponse:
    """Keep what was said with a customer (B1, S3)."""
    by = request.actor
    made = rule_record_interaction(
        account=chosen.account(body.account, "account", by=by),
        contact=chosen.contact(body.contact, "contact", by=by),
        contract=chosen.contract(body.contract_id, "contract_id", by=by),
        case=chosen.case(body.case, "case", by=by),
        channel=body.channel.value,
        spoke_with=body.spoke_with,
        about=body.about,
        resolved=body.resolved,
        by=by,
    )
    told = {
        "id": made.pk,
        "account": made.account_id,
        "case_number": made.case.display_number if made.case else None,
        "at": made.at,
    }
    return answer(told, status=201)


@router.get("/notices", response=NoticesPage)
def list_notices(
    request: ApiRequest,
    unread: Annotated[bool, Query(False, description="Only those not read yet.")],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """One's own notices, the newest first (C2)."""
    conditions: list[Condition] = among("n.id", own_notices(request.actor))
    if unread:
        conditions.append(("n.read_at IS NULL", []))
    return shown_page(request, shapes.NOTICE, conditions, limit=limit)


@router.post("/notices/read", response=ReadShown)
def mark_notices_read(request: ApiRequest, body: Read) -> HttpResponse:
    """Mark one's notices read up to one of them, so that later ones stay unread (C2)."""
    case = chosen.case(body.case, "case", by=request.actor)
    count = reading.mark_notices_read(
        up_to=body.up_to, case=case.number if case else None, by=request.actor
    )
    return answer({"read": count})


def _bodies(rows: list[FeedRow]) -> dict[int, str]:
    """The Markdown of the rows, by ID."""
    return dict(FeedItem.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "body"))


def _item(row: FeedRow, parent: int | None, bodies: dict[int, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "author": row.author,
        "at": row.at,
        "parent": parent,
        "says": " ".join(strip_tags(row.says).split()),
        "body": bodies.get(row.id, ""),
        "edited": row.edited,
        "deleted": row.deleted,
    }


def _made(item: FeedItem, author: str) -> dict[str, Any]:
    """A post that its author has just made, changed or deleted."""
    return {
        "id": item.pk,
        "kind": item.kind,
        "author": author,
        "at": item.at,
        "parent": item.parent_id,
        "says": "",
        "body": item.body,
        "edited": item.edited_at is not None,
        "deleted": item.deleted_at is not None,
    }
