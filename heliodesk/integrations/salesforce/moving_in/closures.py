"""Closings: of each closed case one, or those that a desk's own export carries (X1, X3, X4)."""

from __future__ import annotations

from heliodesk.integrations.salesforce.moving_in.judging import (
    CHANGED,
    GOOD,
    Judgement,
    judge,
    known,
    person,
    put,
)
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import run

CLOSURES = Judgement(
    "closure",
    "cases_closure",
    f"""{known("case", "c", 'i."case"')}
    LEFT JOIN cases_case t ON t.id = c.target_id
    LEFT JOIN import_reasons r ON r.said = lower(i.reason)
    {person("cu", "i.closed_by")} {person("ru", "i.reopened_by")}""",
    {
        "case_id": "c.target_id",
        "reason_id": "r.id",
        "note": "i.note",
        "closed_at": "i.closed_at",
        "closed_by_id": "cu.id",
        "reopened_at": "i.reopened_at",
        "reopened_by_id": "CASE WHEN i.reopened_at IS NOT NULL THEN ru.id END",
    },
    [
        ("d.case_id IS NULL", refused(
            "case_unknown", "Its case is not on the desk, or was refused.", "case", "X1")),
        ("d.reason_id IS NULL", refused(
            "closed_reason_missing", "Choose a Closed Reason.", "reason", "X1")),
        ("d.closed_at IS NULL", refused(
            "required", "The closing does not say when. Export Closed_At__c.", "closed_at", "X3")),
        ("d.reopened_at < d.closed_at", refused(
            "reopened_before_closed", "It was reopened before it was closed.", "reopened_at",
            "X4")),
        ("d.reopened_at IS NOT NULL AND d.reopened_by_id IS NULL", refused(
            "required", "It does not say by whom it was reopened.", "reopened_by", "X4")),
        ("""d.reopened_at IS NOT NULL AND count(*) FILTER (WHERE d.reopened_at IS NOT NULL) OVER
            (PARTITION BY d.case_id ORDER BY d.closed_at, d.file, d.line) > 1""", refused(
            "reopened_once", "The case was reopened once already.", "reopened_at", "X4")),
        ("d.reopened_at IS NULL AND NOT d.case_closed", refused(
            "case_open", "Its case is open, and the closing does not say when it was reopened.",
            "reopened_at", "X4")),
        ("""d.reopened_at IS NULL AND count(*) FILTER (WHERE d.reopened_at IS NULL) OVER
            (PARTITION BY d.case_id ORDER BY d.closed_at, d.file, d.line) > 1""", refused(
            "closed_twice", "The case is closed by another closing already.", "case", "X1")),
    ],
    {"case_closed": "t.status = 'closed'"},
)  # fmt: skip


def bring_in_closures(cases: Judgement) -> None:
    """The closings of a desk's own export; a closed case without one gets its own."""
    judge(CLOSURES)
    put(CLOSURES)
    # What is shown of a case may be kept for as long as its row stays (api/queries/kept.py).
    run(
        f"""UPDATE cases_case c SET priority = c.priority FROM {CLOSURES.table} j
        WHERE c.id = j.case_id AND {CHANGED}"""
    )
    derive_closures(cases)


def derive_closures(cases: Judgement) -> None:
    """A closed case of the export was closed then, by whom its history says, for its reason; one
    that is open again was reopened when it was last modified, or stands as never closed."""
    _open_again(cases)
    _correct(cases)
    _close(cases)


def _open_again(cases: Judgement) -> None:
    """What was closed when it was imported before, and is open in this export."""
    run(
        f"""UPDATE cases_closure o SET reopened_at = GREATEST(j.last_modified_at, o.closed_at),
            reopened_by_id = COALESCE(j.last_modified_by_id, j.created_by_id)
        FROM {cases.table} j WHERE o.case_id = j.target_id AND {GOOD} AND j.known IS NOT NULL
            AND j.status <> 'closed' AND o.reopened_at IS NULL
            AND NOT EXISTS (SELECT FROM cases_closure p
                            WHERE p.case_id = o.case_id AND p.reopened_at IS NOT NULL)"""
    )
    run(
        f"""DELETE FROM cases_closure o USING {cases.table} j
        WHERE o.case_id = j.target_id AND {GOOD} AND j.known IS NOT NULL
            AND j.status <> 'closed' AND o.reopened_at IS NULL"""
    )


def _correct(cases: Judgement) -> None:
    """Closures that an earlier import made of cases."""
    run(
        f"""UPDATE cases_closure o SET reason_id = r.id, note = j.closed_note,
            closed_at = j.closed_at
        FROM {cases.table} j JOIN import_reasons r ON r.said = lower(j.closed_reason)
        WHERE o.case_id = j.target_id AND {GOOD} AND j.known IS NOT NULL
            AND j.status = 'closed' AND o.reopened_at IS NULL
            AND o.id NOT IN (SELECT target_id FROM salesforce_imported WHERE subject = 'closure')"""
    )


def _close(cases: Judgement) -> None:
    """Closed cases that have no closure yet."""
    run("DROP TABLE IF EXISTS import_closers")
    run(
        """CREATE TEMP TABLE import_closers AS
        SELECT DISTINCT ON ("case") "case", created_by FROM import_case_history
        WHERE field = 'closed' AND refusal = '' ORDER BY "case", created_at DESC"""
    )
    run(
        f"""INSERT INTO cases_closure (case_id, reason_id, note, closed_at, closed_by_id)
        SELECT j.target_id, r.id, j.closed_note, j.closed_at, COALESCE(cu.id, hu.id)
        FROM {cases.table} j
        JOIN import_reasons r ON r.said = lower(j.closed_reason)
        LEFT JOIN import_closers h ON h."case" = j.external_id
        {person("cu", "j.closed_by")} {person("hu", "h.created_by")}
        WHERE {GOOD} AND j.status = 'closed' AND NOT EXISTS (
            SELECT FROM cases_closure o WHERE o.case_id = j.target_id AND o.reopened_at IS NULL)
        ORDER BY j.file, j.line"""
    )


def say_closed(cases: Judgement) -> None:
    """The line in the feed for each closing of a new case, and of one that has been closed."""
    run(
        f"""INSERT INTO feed_feeditem (case_id, kind, author_id, at, body, body_html, data)
        SELECT j.target_id, 'closed', o.closed_by_id, o.closed_at, o.note, '',
            jsonb_build_object('reason', r.name)
        FROM {cases.table} j JOIN cases_closure o ON o.case_id = j.target_id
            AND o.reopened_at IS NULL
        JOIN cases_closedreason r ON r.id = o.reason_id
        WHERE {GOOD} AND NOT EXISTS (SELECT FROM feed_feeditem f
            WHERE f.case_id = j.target_id AND f.kind = 'closed' AND f.at = o.closed_at)
        ORDER BY j.file, j.line"""
    )
