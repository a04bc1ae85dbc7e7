"""What Salesforce has no object for: one row a fact, its kind beside it."""

from __future__ import annotations

from heliodesk.integrations.salesforce.leaving.ids import of_words
from heliodesk.integrations.salesforce.leaving.values import when


def _fact(
    kind: str,
    rows: str,
    *,
    case: str = "c.sfid",
    other: str = "NULL::text",
    at: str = "t.at",
    by: str = "u.sfid",
    ended_at: str = "NULL::timestamptz",
    ended_by: str = "NULL::text",
    facts: str = "''",
) -> str:
    epoch = f"extract(epoch FROM {at})"
    return f"""
    SELECT {of_words("a05", f"'{kind}'", case, other, epoch, by)} AS "Id", '{kind}' AS "Kind__c",
        {case} AS "Case__c", {other} AS "Other__c", {when(at, "At__c")}, {by} AS "By__c",
        {when(ended_at, "Ended_At__c")}, {ended_by} AS "Ended_By__c", {facts} AS "Facts__c"
    FROM {rows}"""


def _of_case(table: str, who: str = "t.by_id") -> str:
    return f"""{table} t JOIN case_ids c ON c.id = t.case_id
    LEFT JOIN user_ids u ON u.id = {who}"""


#: Columns that the fact's own columns tell.
REFERENCES = ("id", "case_id", "at", "by_id", "posted_by_id")


def _plain(*left_out: str) -> str:
    """All plain columns of the row but those."""
    names = ", ".join(f"'{name}'" for name in (*REFERENCES, *left_out))
    return f"""(SELECT jsonb_object_agg(key, value)::text FROM jsonb_each(to_jsonb(t))
            WHERE key NOT IN ({names}))"""


FACTS = "\n    UNION ALL".join(
    (
        _fact(
            "merge",
            _of_case("cases_merge")
            + """ JOIN case_ids o ON o.id = t.into_id
    LEFT JOIN user_ids e ON e.id = t.undone_by_id""",
            other="o.sfid",
            ended_at="t.undone_at",
            ended_by="e.sfid",
            facts="""jsonb_build_object('case_status', t.case_status, 'into_status', t.into_status,
            'into_priority', t.into_priority)::text""",
        ),
        _fact(
            "related",
            _of_case("cases_relatedcase") + " JOIN case_ids o ON o.id = t.other_id",
            other="o.sfid",
        ),
        _fact("follower", _of_case("cases_follower", "t.user_id")),
        _fact(
            "dismissed_match",
            _of_case("cases_dismissedmatch") + " JOIN case_ids o ON o.id = t.match_id",
            other="o.sfid",
        ),
        _fact(
            "contract_confirmation",
            _of_case("cases_contractconfirmation") + " JOIN contract_ids o ON o.id = t.contract_id",
            other="o.sfid",
            facts="jsonb_build_object('contract_status', t.contract_status)::text",
        ),
        _fact(
            "follow_up",
            """assignments_followup t JOIN assignments_caseassignment a ON a.id = t.assignment_id
    JOIN case_ids c ON c.id = a.case_id JOIN assignment_ids o ON o.id = a.id
    JOIN user_ids u ON u.id = t.asked_by_id LEFT JOIN user_ids e ON e.id = t.answered_by_id""",
            other="o.sfid",
            at="t.asked_at",
            ended_at="t.ended_at",
            ended_by="e.sfid",
            facts="""jsonb_strip_nulls(jsonb_build_object('escalates_at', t.escalates_at,
            'escalated_at', t.escalated_at))::text""",
        ),
        _fact(
            "mention",
            """feed_mention t JOIN feed_feeditem f ON f.id = t.item_id
    JOIN item_ids o ON o.id = f.id JOIN case_ids c ON c.id = f.case_id
    LEFT JOIN user_ids u ON u.id = t.user_id LEFT JOIN queue_ids q ON q.id = t.queue_id
    LEFT JOIN department_ids d ON d.id = t.department_id""",
            other="o.sfid",
            at="f.at",
            by="COALESCE(u.sfid, q.sfid, d.sfid)",
        ),
        _fact(
            "jira_link",
            _of_case("cases_jiralink"),
            other="t.url",
            ended_at="t.removed_at",
            facts=_plain("url", "removed_at", "turn", "attempts", "due_at", "taken_until"),
        ),
        _fact(
            "engine_comment",
            _of_case("cases_enginecomment", "t.posted_by_id"),
            other="t.job_id",
            at="t.left_at",
            ended_at="t.posted_at",
            facts=_plain("job_id", "left_at", "posted_at", "tries", "next_try_at", "claimed_until"),
        ),
    )
)
TABLES = {"Desk_Fact__c": FACTS}
