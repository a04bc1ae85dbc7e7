"""Chatter of the export: comments, feed items and their replies (C1, C3)."""

from __future__ import annotations

from heliodesk.feed.kinds import KINDS
from heliodesk.integrations.salesforce.moving_in.judging import (
    GOOD,
    Judgement,
    judge,
    known,
    person,
    put,
)
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import run

FEED = "feed_feeditem"
NO_CASE = refused("case_unknown", "Its case is not on the desk, or was refused.", "case", "C1")
NO_TIME = refused(
    "required", "It does not say when it was written. Export CreatedDate.", "created_at", "C1"
)
SAYS_NOTHING = refused("post_empty", "The post says nothing.", "body", "C1")
AUTHOR = person("u", "COALESCE(NULLIF(i.created_by, ''), 'unknown')")
# A record of another kind, by the first characters of its ID: it is no case's.
ELSEWHERE = 'c.target_id IS NULL AND length(i."case") = 18 AND left(i."case", 3) <> \'500\''
WRITTEN = {
    "case_id": "c.target_id",
    "author_id": "u.id",
    "at": "i.created_at",
    "body": "i.body",
    "body_html": "i.html",
    "edited_at": "CASE WHEN i.edited_at > i.created_at THEN i.edited_at END",
}

COMMENTS = Judgement(
    "comment",
    FEED,
    f"""{known("case", "c", 'i."case"')} {AUTHOR}""",
    {"kind": "'post'", "data": "'{}'::jsonb"} | WRITTEN,
    [
        ("d.case_id IS NULL", NO_CASE),
        ("d.at IS NULL", NO_TIME),
        ("d.body = ''", SAYS_NOTHING),
    ],
    left_out=ELSEWHERE,
)


def items(*, native: bool, with_comments: bool) -> Judgement:
    """How feed items are judged. Without the desk's own kinds, what has no words is left out: what
    was tracked stands in the history, and a comment among the comments."""
    kinds = ", ".join(f"'{code}'" for code in KINDS)
    sorts = "'TrackedChange', 'CreateRecordEvent'"
    if with_comments:
        sorts += ", 'CaseCommentPost'"
    silent = f"i.kind = '' AND (i.body = '' OR i.sort IN ({sorts}))"
    return Judgement(
        "feed_item",
        FEED,
        f"""{known("case", "c", 'i."case"')}
        {AUTHOR if not native else person("u", "i.created_by")}""",
        {
            "kind": "CASE WHEN i.kind = '' THEN 'post' ELSE i.kind END",
            "data": "COALESCE(NULLIF(i.data, '')::jsonb, '{}'::jsonb)",
            "deleted_at": "i.deleted_at",
        }
        | WRITTEN,
        [
            ("d.case_id IS NULL", NO_CASE),
            ("d.at IS NULL", NO_TIME),
            (f"d.kind NOT IN ({kinds})", refused(
                "kind_unknown", "The desk has no such kind of event.", "kind", "C3")),
            ("d.kind = 'post' AND d.body = '' AND d.deleted_at IS NULL", SAYS_NOTHING),
        ],
        {"parent": "i.parent"},
        left_out=f"{ELSEWHERE} OR {silent}",
    )  # fmt: skip


REPLIES = Judgement(
    "feed_comment",
    FEED,
    # A reply to a reply stands under the post; one to what was left out stands by itself.
    f"""LEFT JOIN LATERAL (
        SELECT target_id FROM salesforce_imported WHERE subject IN ('feed_item', 'feed_comment')
            AND external_id = i.item ORDER BY subject DESC LIMIT 1) p ON true
    LEFT JOIN feed_feeditem f ON f.id = p.target_id
    {known("case", "c", 'i."case"')} {AUTHOR}""",
    {"kind": "'post'", "data": "'{}'::jsonb", "deleted_at": "i.deleted_at"}
    | WRITTEN
    | {"case_id": "COALESCE(f.case_id, c.target_id)", "parent_id": "COALESCE(f.parent_id, f.id)"},
    [
        ("d.case_id IS NULL", NO_CASE),
        ("d.at IS NULL", NO_TIME),
        ("d.body = '' AND d.deleted_at IS NULL", SAYS_NOTHING),
    ],
    left_out=f"p.target_id IS NULL AND {ELSEWHERE}",
)


def bring_in_comments() -> None:
    """Case comments are posts."""
    judge(COMMENTS)
    put(COMMENTS)


def bring_in_items(*, native: bool, with_comments: bool) -> None:
    """Feed items, and in a desk's own export the replies among them, in a second pass."""
    one = items(native=native, with_comments=with_comments)
    judge(one)
    put(one)
    note_cut("feed_item")
    run(
        f"""UPDATE feed_feeditem t SET parent_id = p.target_id FROM {one.table} j
        JOIN salesforce_imported p ON p.external_id = j.parent
            AND p.subject IN ('feed_item', 'feed_comment', 'comment')
        WHERE t.id = j.target_id AND {GOOD} AND j.parent <> '' AND p.target_id <> t.id
            AND t.parent_id IS DISTINCT FROM p.target_id"""
    )
    if native:
        refer_by_ids(one)


def refer_by_ids(one: Judgement) -> None:
    """IDs of the export in what an event keeps become the desk's own."""
    # The interactions have only just come: PostgreSQL would take them for none, and look at every
    # item for each.
    run("ANALYZE salesforce_imported")
    for key, subject in (("interaction", "interaction"), ("queue", "group")):
        run(
            f"""UPDATE feed_feeditem t SET data = jsonb_set(t.data, '{{{key}}}',
                COALESCE(to_jsonb(m.target_id), 'null'))
            FROM {one.table} j JOIN salesforce_imported m
                ON m.subject = '{subject}' AND m.external_id = j.data ->> '{key}'
            WHERE t.id = j.target_id AND {GOOD} AND jsonb_typeof(j.data -> '{key}') = 'string'"""
        )


def bring_in_replies() -> None:
    """Replies stand under their posts."""
    judge(REPLIES)
    put(REPLIES)
    note_cut("feed_comment")


def note_cut(subject: str) -> None:
    """Bodies of just as many characters as the export lets through were probably cut by it."""
    run(
        f"""INSERT INTO import_noted
        SELECT %s, i.file, i.line, i.external_id, 'The text has exactly 1,000 characters: the '
            'export has probably cut it.'
        FROM import_{subject} i WHERE i.cut AND i.refusal = ''""",
        subject,
    )
