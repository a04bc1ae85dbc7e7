"""Reading the feed of a case in small rows (C1, C3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from markupsafe import Markup

from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.core.addresses import address
from heliodesk.drafts.keep import kept
from heliodesk.feed import feed_sql, kinds, telling
from heliodesk.feed.cursor import Cursor, place_of
from heliodesk.feed.other_cases import without_unseen
from heliodesk.people.access import Actor

EDIT_WINDOW = timedelta(minutes=15)
PAGE = 30

Show = Literal["everything", "posts"]


@dataclass(slots=True)
class FeedRow:
    """One item as the screen and the API show it; `says` and `html` are safe."""

    id: int
    kind: str
    icon: str
    author: str
    at: datetime
    says: Markup
    html: Markup
    edited: bool
    deleted: bool
    may_edit: bool
    edit_url: str
    delete_url: str
    reply_url: str
    replies: list[FeedRow] = field(default_factory=list)

    @property
    def is_post(self) -> bool:
        """A post or a reply, rather than something that happened."""
        return self.kind == kinds.POST.code

    @property
    def anchor(self) -> str:
        """The item's place on the page; notices lead to it (C2)."""
        return f"item-{self.id}"


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What the reader typed into the composer of a case that has been merged into this one (X7)."""

    number: int
    body: str
    once: str = field(default_factory=lambda: str(uuid4()))

    @property
    def draft_key(self) -> str:
        """Where it is kept: with the case on which it was typed."""
        return post_draft(self.number)


@dataclass(slots=True)
class FeedPage:
    """A page of the feed, newest first, and the addresses around it. `left_behind` is what waits in
    composers of cases merged into this one."""

    rows: list[FeedRow]
    show: Show
    older: str
    #: The page does not begin with the newest item.
    is_later_page: bool
    url: str
    post_url: str
    mentions_url: str
    draft_key: str
    draft: str
    once: str
    left_behind: list[LeftBehind]

    @property
    def older_url(self) -> str:
        """The page after this one; empty on the last."""
        return f"{self.url}?show={self.show}&before={self.older}" if self.older else ""


def feed_of(
    case: Case,
    *,
    by: Actor,
    show: str = "everything",
    before: str | None = None,
    limit: int = PAGE,
    item: int | None = None,
    draft: str | None = None,
    left_behind: Iterable[tuple[int, str]] = (),
) -> FeedPage:
    """The feed of a case which `by` may see: roots newest first, their replies oldest first.

    `show` is "everything" or "posts"; `before` the `older` cursor of the page before. With `item`
    the page is one which has that item, however old (C2). `draft` is what `by` has typed into the
    composer and not sent, where it has been read (C5), `left_behind` the same by the numbers of
    cases that were merged into this one (X7). Two SQL statements, one with `draft`, one
    more with `item`; one more outside of Support where items name other cases (K6).
    """
    chosen: Show = "posts" if show == "posts" else "everything"
    start = place_of(case, item, limit) if item else Cursor.read(before)
    if item:
        chosen = "everything"
    rows = feed_sql.read(case.pk, posts_only=chosen == "posts", start=start, limit=limit + 1)
    rows = without_unseen(rows, by=by)
    threads = _threads(rows, case, by)
    draft_key = post_draft(case.number)
    url = case.get_absolute_url()
    return FeedPage(
        rows=threads[:limit],
        show=chosen,
        older=str(Cursor(threads[limit - 1].at, threads[limit - 1].id))
        if len(threads) > limit
        else "",
        is_later_page=start is not None,
        url=url,
        post_url=f"{url}posts/",
        mentions_url=mentions_url(case),
        draft_key=draft_key,
        draft=str(kept(draft_key, by=by).get("body", "")) if draft is None else draft,
        once=str(uuid4()),
        left_behind=[LeftBehind(number, body) for number, body in left_behind],
    )


def post_draft(number: int) -> str:
    """The key of what is typed into the composer of the case with this number (C5)."""
    return f"case/{number}/post"


def mentions_url(case: Case) -> str:
    """Where a composer asks whom one may mention on the case."""
    return f"{address('mentions')}?case={case.display_number}"


def _threads(rows: list[dict[str, Any]], case: Case, by: Actor) -> list[FeedRow]:
    """Roots newest first, each with its replies oldest first; `rows` are oldest first."""
    made = {row["id"]: feed_row(row, case, by) for row in rows}
    for row in rows:
        if row["parent_id"]:
            made[row["parent_id"]].replies.append(made[row["id"]])
    return [made[row["id"]] for row in reversed(rows) if not row["parent_id"]]


def feed_row(row: dict[str, Any], case: Case, by: Actor) -> FeedRow:
    """What the screen needs of one item."""
    author = row["author"] or telling.NOBODY
    deleted = row["deleted_at"] is not None
    is_post = row["kind"] == kinds.POST.code
    may_edit = is_post and not deleted and within_edit_window(row["author_id"], row["at"], by)
    posts = f"{case.get_absolute_url()}posts/"
    return FeedRow(
        id=row["id"],
        kind=row["kind"],
        icon=telling.icon_of(row["kind"]),
        author=author,
        at=row["at"],
        says=telling.says(row["kind"], row["data"], author),
        html=Markup(row["body_html"]),  # noqa: S704 - rendered safely when it was written (C5)
        edited=row["edited_at"] is not None,
        deleted=deleted,
        may_edit=may_edit,
        edit_url=f"{posts}{row['id']}/edit/" if may_edit else "",
        delete_url=f"{posts}{row['id']}/deletion/new/" if may_edit else "",
        reply_url=f"{posts}?reply_to={row['parent_id'] or row['id']}"
        if not deleted and (is_post or row["body_html"])
        else "",
    )


def within_edit_window(author_id: int | None, at: datetime, by: Actor) -> bool:
    """One's own, and at most 15 minutes old; 15:00 counts (C4)."""
    return author_id is not None and author_id == by.user_id and clock.now() - at <= EDIT_WINDOW
