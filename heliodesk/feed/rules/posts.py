"""Posting, replying, editing and deleting (C1, C4, C5). A post never moves status or Last
Modified (S4), and a closed case takes posts too (X6)."""

from __future__ import annotations

from heliodesk.assignments.rules.follow_up import answer_follow_ups
from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core import audit, clock
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.feed import kinds
from heliodesk.feed.markdown import render
from heliodesk.feed.mentions import Mentioned, keep_mentions, mentioned_in, people_behind
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.feed.queries import within_edit_window
from heliodesk.feed.record import record
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.notify import notify
from heliodesk.people.access import Actor

POST_LIMIT = 20_000  # characters


@rule("C1", "F2", "K6", "S4", "X6")
def post(case: Case, *, body: str, parent: FeedItem | None = None, by: Actor) -> FeedItem:
    """Post `body` (Markdown) on the case, or reply with it to `parent`; gives the post.

    A reply to a reply stands under the same root. Whoever is mentioned is told, and the author of
    what is replied to. A word of a department answers what it was asked (F2), and who asked is
    told. Refuses whoever may not see the case, an empty or too long text, a mention
    of somebody who may not see the case, and a reply to a post that was deleted or has gone to
    another case with a merge.
    """
    access.require_visible(case, by=by)
    text = written(body)
    if parent is not None:
        case, parent = access.lock(case), FeedItem.objects.get(pk=parent.pk)
        require_repliable(parent, case)
    mentioned = mentioned_in(text, case)
    item = record(
        case,
        kinds.POST,
        body=text,
        body_html=render(text, _names(mentioned)),
        parent=None if parent is None else parent.parent or parent,
        by=by,
    )
    tell(item, mentioned, by=by)
    if parent is not None:
        notify([parent.author_id], item, NoticeKind.REPLIED, by=by)
    if by.department_ids:
        answered = answer_follow_ups(case, by.department_ids, by=by, at=item.at)
        notify([asked.asked_by_id for asked in answered], item, NoticeKind.REPLIED, by=by)
    return item


@rule("C4", "K6")
def edit_post(item: FeedItem, *, body: str, by: Actor) -> FeedItem:
    """Change the text of one's own post, within 15 minutes; the feed says so.

    People who are mentioned now and were not before are told; who is so no more, and has not read
    it yet, is not. Refuses others' posts, later
    changes, and what `post` refuses.
    """
    item = own_post(item, to="change", by=by)
    text = written(body)
    if text == item.body:
        return item
    mentioned = mentioned_in(text, item.case)
    audit.note(
        "post_edited",
        "case",
        item.case_id,
        changes={"item": item.pk, "body": [item.body, text]},
        by=by,
    )
    item.body, item.body_html = text, render(text, _names(mentioned))
    item.edited_at = clock.now()
    item.save(update_fields=["body", "body_html", "edited_at"])
    Mention.objects.filter(item=item).delete()
    unread = Notice.objects.filter(item=item, kind=NoticeKind.MENTIONED, read_at=None)
    unread.exclude(recipient__in=people_behind(mentioned)).delete()
    tell(item, mentioned, by=by)
    return item


@rule("C4")
def delete_post(item: FeedItem, *, by: Actor) -> FeedItem:
    """Take one's own post away, within 15 minutes; the feed says that it was deleted, and its
    replies stay. Its mentions and notices go with it; the record of changes keeps the text (K4).

    Refuses others' posts and later deletions.
    """
    item = own_post(item, to="delete", by=by)
    audit.note(
        "post_deleted",
        "case",
        item.case_id,
        changes={"item": item.pk, "body": [item.body, ""]},
        by=by,
    )
    item.body = item.body_html = ""
    item.deleted_at = clock.now()
    item.save(update_fields=["body", "body_html", "deleted_at"])
    Mention.objects.filter(item=item).delete()
    Notice.objects.filter(item=item).delete()
    return item


def written(body: str) -> str:
    """The text as it is kept: without blanks around it and what PostgreSQL cannot hold."""
    plain = body.encode("utf-8", "replace").decode().replace("\x00", "")
    text = trimmed(plain.replace("\r\n", "\n"))
    if not text:
        raise Refused("post_empty", "Write something first.", rule="C1", field="body")
    if len(text) > POST_LIMIT:
        raise Refused(
            "post_too_long",
            f"A post has at most {POST_LIMIT:,} characters, and this has {len(text):,}. "
            "Shorten it, or put the text on the case as a file.",
            rule="C1",
            field="body",
        )
    return text


def require_repliable(parent: FeedItem, case: Case) -> None:
    """Refuse a reply to what is not there (any more). The case is locked: no merge moves it."""
    if parent.case_id != case.pk:
        raise Refused(
            "reply_to_moved",
            "What you reply to has gone to another case with its thread. Post to the feed "
            "instead, or reply there.",
            rule="X7",
        )
    if parent.deleted_at is not None:
        raise Refused(
            "reply_to_deleted",
            "What you reply to has been deleted. Post to the feed instead.",
            rule="C1",
        )


def own_post(item: FeedItem, *, to: str, by: Actor) -> FeedItem:
    """The post's row, locked; refuses unless `by` may change it now (C4)."""
    item = FeedItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    access.require_visible(item.case, by=by)
    if item.kind != kinds.POST.code or item.author_id != by.user_id:
        raise NotPermitted(
            "not_your_post",
            f"You may {to} only your own posts. Reply to this one instead.",
            rule="C4",
        )
    if item.deleted_at is not None:
        raise Refused(
            "post_deleted", "The post has been deleted. Post a new one instead.", rule="C4"
        )
    if not within_edit_window(item.author_id, item.at, by):
        raise Refused(
            "edit_window_over",
            f"You may {to} a post for 15 minutes, and they are over. Reply to it instead.",
            rule="C4",
        )
    return item


def tell(item: FeedItem, mentioned: list[Mentioned], *, by: Actor) -> None:
    """Write the mentions, and ring the bell of those who are meant (C2)."""
    if mentioned:
        keep_mentions(item, mentioned)
        notify(people_behind(mentioned), item, NoticeKind.MENTIONED, by=by)


def _names(mentioned: list[Mentioned]) -> dict[str, str]:
    return {one.handle: one.name for one in mentioned}
