"""Tasks of the export: reviews and other activities, and interactions (B1, L3, L4, L6)."""

from __future__ import annotations

from heliodesk.cases.models import Channel
from heliodesk.cases.rules.review import HEADINGS, SUBJECT
from heliodesk.integrations.salesforce.moving_in.judging import (
    GOOD,
    NEW,
    UNCHANGED,
    Judgement,
    judge,
    known,
    person,
    put,
)
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import run

CHANNELS = ", ".join(f"'{channel}'" for channel in Channel.values)
IS_REVIEW = f"d.subject = '{SUBJECT}'"
FILLED_IN = "d.comments"
for _heading in HEADINGS:
    FILLED_IN = f"replace({FILLED_IN}, '{_heading}', '')"
NO_TIME = refused(
    "required", "It does not say when it was. Export CreatedDate.", "created_at", "L4"
)
BY = f"""{person("o", "i.owner")}
    {person("cu", "COALESCE(NULLIF(i.created_by, ''), 'unknown')")}"""

ACTIVITIES = Judgement(
    "task",
    "cases_activity",
    f"""{known("case", "c", "i.what")} {BY}""",
    {
        "case_id": "c.target_id",
        "subject": "left(i.subject, 120)",
        "name": "left(i.name, 120)",
        "due_date": f"CASE WHEN i.subject <> '{SUBJECT}' THEN i.due::date END",
        "status": "left(COALESCE(NULLIF(i.status, ''), 'Completed'), 20)",
        "comments": "i.description",
        "at": "COALESCE(i.created_at, i.completed_at)",
        "by_id": "COALESCE(o.id, cu.id)",
    },
    [
        ("d.case_id IS NULL", refused(
            "case_unknown", "Its case is not on the desk, or was refused.", "what", "L4")),
        ("d.at IS NULL", NO_TIME),
        (f"{IS_REVIEW} AND {FILLED_IN} !~ '[^[:space:]]'", refused(
            "review_empty", "Fill in the comments: the untouched template says nothing.",
            "comments", "L3")),
        (f"{IS_REVIEW} AND length(d.comments) > 1000", refused(
            "review_too_long",
            "The comments have more than the 1,000 characters that a review may have. "
            "Shorten them.", "comments", "L3")),
    ],
    {"html": "i.html"},
    # A task of another record, or of none: the desk has activities on cases.
    left_out="c.target_id IS NULL AND left(i.what, 3) <> '500'",
)  # fmt: skip

INTERACTIONS = Judgement(
    "interaction",
    "cases_interaction",
    f"""{known("case", "c", "i.what")}
    LEFT JOIN cases_case t ON t.id = c.target_id
    LEFT JOIN directory_contact k ON k.external_id = i.who AND i.who <> ''
    LEFT JOIN directory_contract n ON n.external_id IN (i.what, i.contract)
        AND n.external_id <> ''
    LEFT JOIN directory_account ia ON ia.external_id = i.account AND i.account <> ''
    LEFT JOIN directory_account wa ON wa.external_id = i.what AND i.what <> ''
    {BY}""",
    {
        "case_id": "c.target_id",
        "account_id": "COALESCE(t.account_id, wa.id, n.account_id, ia.id, k.account_id)",
        "contact_id": "k.id",
        "contract_id": "n.id",
        "channel": "i.sort",
        "spoke_with": "left(COALESCE(NULLIF(i.spoke_with, ''), k.name, ''), 160)",
        "about": "COALESCE(NULLIF(i.description, ''), i.subject)",
        "resolved": """COALESCE(i.resolved,
            lower(i.status) IN ('completed', 'closed', 'done') OR i.status = '')""",
        "at": "COALESCE(i.created_at, i.completed_at)",
        "by_id": "COALESCE(o.id, cu.id)",
    },
    [
        ("d.case_id IS NULL AND left(d.what, 3) = '500'", refused(
            "case_unknown", "Its case is not on the desk, or was refused.", "what", "B1")),
        ("d.account_id IS NULL", refused(
            "nobody", "Say with which customer: find the account first.", "account", "B1")),
        ("d.at IS NULL", NO_TIME),
        ("d.about = ''", refused(
            "about_missing", "Say what the interaction was about.", "about", "B1")),
        ("length(d.about) > 20000", refused(
            "too_long", "At most 20,000 characters fit. Shorten it.", "about", "B1")),
        ("d.contact_account <> d.account_id AND d.contact_account IS DISTINCT FROM d.installer",
         refused("contact_of_another_account",
                 "The contact is one of another account. Choose one of this customer's.",
                 "contact", "B1")),
        ("d.contract_account <> d.account_id", refused(
            "contract_of_another_account",
            "The contract is another customer's. Choose one of this customer's.",
            "contract", "B1")),
    ],
    {
        "what": "i.what",
        "html": "i.html",
        "contact_account": "k.account_id",
        "contract_account": "n.account_id",
        "installer": "t.installer_id",
        "customer": "t.customer_name",
    },
)  # fmt: skip


def judge_tasks(cases: Judgement, *, native: bool) -> None:
    """Part the tasks by what they are, and judge the activities. Their cases are known by now, and
    about to be put on the desk with their latest review."""
    run("DROP TABLE IF EXISTS import_interaction")
    run(
        f"""CREATE TEMP TABLE import_interaction AS SELECT * FROM import_task
        WHERE refusal = '' AND sort IN ({CHANNELS}) AND subject <> '{SUBJECT}'"""
    )
    run(
        f"""DELETE FROM import_task
        WHERE refusal = '' AND sort IN ({CHANNELS}) AND subject <> '{SUBJECT}'"""
    )
    judge(ACTIVITIES)
    if not native:
        review_cases(cases)


def bring_in_tasks(*, native: bool) -> None:
    """Put the tasks on the desk; the feed and the latest review follow where the export has no
    feed of the desk's own."""
    put(ACTIVITIES)
    judge(INTERACTIONS)
    put(INTERACTIONS)
    if not native:
        say_reviews()
        keep_latest_reviews()
        say_interactions()


def say_reviews() -> None:
    """Each new review in the feed (L4)."""
    run(
        f"""INSERT INTO feed_feeditem (case_id, kind, author_id, at, body, body_html, data)
        SELECT j.case_id, 'review', j.by_id, j.at, j.comments, j.html, '{{}}'
        FROM judged_task j WHERE {NEW} AND j.subject = '{SUBJECT}' ORDER BY j.file, j.line"""
    )


REVIEWED = """reviewed_at = r.at, reviewed_by_id = r.by_id, review_comments = r.comments,
    review_due_from = GREATEST(c.review_due_from, r.at)"""


def latest_reviews(which: str) -> str:
    """Of each case the latest of these reviews."""
    return f"""(SELECT DISTINCT ON (j.case_id) j.case_id, j.at, j.by_id, j.comments
        FROM judged_task j WHERE {which} AND j.subject = '{SUBJECT}'
        ORDER BY j.case_id, j.at DESC, j.line DESC)"""


def review_cases(cases: Judgement) -> None:
    """The new and changed cases have their latest review (L6), also one that is on the desk from
    before. To change them once they are there would take nearly as long as to make them."""
    run(
        f"""UPDATE {cases.table} c SET {REVIEWED}
        FROM {latest_reviews(f"({GOOD} OR j.verdict = {UNCHANGED})")} r
        WHERE c.verdict IS NULL AND c.target_id = r.case_id
            AND (c.reviewed_at IS NULL OR c.reviewed_at <= r.at)"""
    )


def keep_latest_reviews() -> None:
    """The case keeps its latest review (L6); L7 counts from it."""
    run(
        f"""UPDATE cases_case c SET {REVIEWED} FROM {latest_reviews(GOOD)} r
        WHERE c.id = r.case_id AND (c.reviewed_at IS NULL OR c.reviewed_at <= r.at)
            AND (c.reviewed_at, c.reviewed_by_id, c.review_comments)
                IS DISTINCT FROM (r.at, r.by_id, r.comments)"""
    )


def say_interactions() -> None:
    """Each new interaction on a case in its feed (B1)."""
    labels = " ".join(f"WHEN '{one.value}' THEN '{one.label}'" for one in Channel)
    run(
        f"""INSERT INTO feed_feeditem (case_id, kind, author_id, at, body, body_html, data)
        SELECT j.case_id, 'interaction', j.by_id, j.at, j.about, j.html, jsonb_build_object(
            'interaction', j.target_id, 'channel', CASE j.channel {labels} END,
            'spoke_with', COALESCE(NULLIF(j.spoke_with, ''), j.customer),
            'resolved', j.resolved)
        FROM judged_interaction j WHERE {NEW} AND j.case_id IS NOT NULL
        ORDER BY j.file, j.line"""
    )
