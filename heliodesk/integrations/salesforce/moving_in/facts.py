"""What only a desk's own export carries: jobs, merges, followers and the like (M1)."""

from __future__ import annotations

from heliodesk.integrations.salesforce.moving_in.judging import (
    Judgement,
    judge,
    known,
    person,
    put,
)
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import run

JOBS = Judgement(
    "job",
    "directory_job",
    """LEFT JOIN directory_account a ON a.external_id = i.installer AND i.installer <> ''
    LEFT JOIN directory_contract n ON n.external_id = i.contract AND i.contract <> ''""",
    {
        "job_id": "i.job_id",
        "installer_id": "a.id",
        "contract_id": "n.id",
        "name": "left(i.title, 200)",
        "phase": "left(i.phase, 60)",
        "created_at": "COALESCE(i.created_at, now())",
    },
    [
        ("d.job_id = '' OR length(d.job_id) > 40", refused(
            "job_id_missing", "A job has an ID of at most 40 characters.", "job_id", "D1")),
        ("COALESCE(d.installer_kind, '') <> 'installer'", refused(
            "installer_not_org", "The job's installer is no Org of the desk.", "installer",
            "D1")),
        ("""EXISTS (SELECT FROM directory_job x WHERE x.job_id = d.job_id
            AND x.id IS DISTINCT FROM m.target_id)""", refused(
            "job_id_taken", "There is a job with this ID already.", "job_id", "D1")),
    ],
    {"installer_kind": "a.kind"},
)  # fmt: skip


def bring_in_jobs() -> None:
    """Jobs of Engine that the desk knows."""
    judge(JOBS)
    put(JOBS)


#: Kind of fact: table, its columns, what each is made of, and what has to be there. `c` is the
#: case, `o` what `Other__c` names, `b` and `e` the people who did and who ended it.
Fact = tuple[str, str, str, str]
FACTS: dict[str, Fact] = {
    "merge": (
        "cases_merge",
        """case_id, into_id, at, by_id, undone_at, undone_by_id, case_status, into_status,
        into_priority, items, files, assignments, interactions, links, related, jira_links""",
        """c.target_id, o.target_id, i.at, b.id, i.ended_at,
        CASE WHEN i.ended_at IS NOT NULL THEN e.id END, i.facts::jsonb ->> 'case_status',
        i.facts::jsonb ->> 'into_status', (i.facts::jsonb ->> 'into_priority')::int,
        '{}'::bigint[], '{}'::bigint[], '{}'::bigint[], '{}'::bigint[], '{}'::bigint[],
        '{}'::bigint[], '{}'::bigint[]""",
        "c.target_id <> o.target_id AND b.id IS NOT NULL AND i.facts <> ''",
    ),
    "related": (
        "cases_relatedcase", "case_id, other_id, at, by_id", "c.target_id, o.target_id, i.at, b.id",
        """c.target_id <> o.target_id AND b.id IS NOT NULL
        AND NOT EXISTS (SELECT FROM cases_relatedcase r
            WHERE LEAST(r.case_id, r.other_id) = LEAST(c.target_id, o.target_id)
            AND GREATEST(r.case_id, r.other_id) = GREATEST(c.target_id, o.target_id))""",
    ),
    "follower": (
        "cases_follower", "case_id, user_id, at", "c.target_id, b.id, i.at",
        """b.id IS NOT NULL AND NOT EXISTS (SELECT FROM cases_follower r
            WHERE r.case_id = c.target_id AND r.user_id = b.id)""",
    ),
    "dismissed_match": (
        "cases_dismissedmatch", "case_id, match_id, at, by_id",
        "c.target_id, o.target_id, i.at, b.id",
        """o.target_id IS NOT NULL AND b.id IS NOT NULL
        AND NOT EXISTS (SELECT FROM cases_dismissedmatch r
            WHERE r.case_id = c.target_id AND r.match_id = o.target_id)""",
    ),
    "contract_confirmation": (
        "cases_contractconfirmation", "case_id, contract_id, contract_status, at, by_id",
        "c.target_id, o.target_id, i.facts::jsonb ->> 'contract_status', i.at, b.id",
        "o.target_id IS NOT NULL AND b.id IS NOT NULL AND i.facts <> ''",
    ),
    "follow_up": (
        "assignments_followup",
        """assignment_id, asked_at, asked_by_id, escalates_at, escalated_at, ended_at,
        answered_by_id""",
        """o.target_id, i.at, b.id, (i.facts::jsonb ->> 'escalates_at')::timestamptz,
        (i.facts::jsonb ->> 'escalated_at')::timestamptz, i.ended_at,
        CASE WHEN i.ended_at IS NOT NULL THEN e.id END""",
        """o.target_id IS NOT NULL AND b.id IS NOT NULL AND i.facts::jsonb ? 'escalates_at'
        AND (i.ended_at IS NOT NULL OR NOT EXISTS (SELECT FROM assignments_followup r
            WHERE r.assignment_id = o.target_id AND r.ended_at IS NULL))""",
    ),
    "jira_link": (
        "cases_jiralink",
        """case_id, url, at, by_id, removed_at, key, issue_id, title, status, is_done,
        refreshed_at, refresh_problem, global_id, told, told_at, told_problem, turn, attempts""",
        """c.target_id, i.other, i.at, b.id, i.ended_at, i.facts::jsonb ->> 'key',
        i.facts::jsonb ->> 'issue_id', i.facts::jsonb ->> 'title', i.facts::jsonb ->> 'status',
        (i.facts::jsonb ->> 'is_done')::boolean,
        (i.facts::jsonb ->> 'refreshed_at')::timestamptz, i.facts::jsonb ->> 'refresh_problem',
        i.facts::jsonb ->> 'global_id', i.facts::jsonb ->> 'told',
        (i.facts::jsonb ->> 'told_at')::timestamptz, i.facts::jsonb ->> 'told_problem', 0, 0""",
        """i.other ~ '^https?://[^[:space:]]+$' AND i.facts::jsonb ? 'global_id'
        AND NOT EXISTS (SELECT FROM cases_jiralink r
            WHERE r.global_id = i.facts::jsonb ->> 'global_id')""",
    ),
    "engine_comment": (
        "cases_enginecomment",
        """case_id, job_id, left_at, posted_by_id, posted_at, text, key, state, reason, comment_id,
        tries, next_try_at""",
        """c.target_id, i.other, i.at, b.id, i.ended_at, i.facts::jsonb ->> 'text',
        (i.facts::jsonb ->> 'key')::uuid, i.facts::jsonb ->> 'state',
        i.facts::jsonb ->> 'reason', i.facts::jsonb ->> 'comment_id', 0,
        CASE i.facts::jsonb ->> 'state' WHEN 'waiting' THEN now() END""",
        """i.other <> '' AND i.facts::jsonb ? 'key' AND NOT EXISTS (
            SELECT FROM cases_enginecomment r
            WHERE r.key = (i.facts::jsonb ->> 'key')::uuid)""",
    ),
    "mention": (
        "feed_mention", "item_id, user_id, department_id, queue_id",
        """o.target_id, b.id, CASE WHEN g.subject = 'department' THEN g.target_id END,
        CASE WHEN g.subject = 'group' THEN g.target_id END""",
        "o.target_id IS NOT NULL AND (b.id IS NULL) <> (g.target_id IS NULL)",
    ),
}  # fmt: skip

#: Under which subjects `Other__c` is looked up.
OTHERS = {
    "merge": "'case'", "related": "'case'", "dismissed_match": "'case'",
    "follow_up": "'assignment'", "mention": "'feed_item', 'feed_comment', 'comment'",
}  # fmt: skip


def bring_in_facts() -> None:
    """Each kind with one statement; a fact that is there is left alone."""
    made = sum(_bring_in(kind, *fact) for kind, fact in FACTS.items())
    run("UPDATE cases_case c SET is_followed = true WHERE NOT is_followed AND EXISTS ("
        "SELECT FROM cases_follower f WHERE f.case_id = c.id)")  # fmt: skip
    known_now = """EXISTS (SELECT FROM salesforce_imported m
        WHERE m.subject = 'desk_fact' AND m.external_id = i.external_id)"""
    run(
        f"""INSERT INTO import_refused SELECT 'desk_fact', file, line, external_id,
            COALESCE(wrong, ''), COALESCE(message,
            'What it refers to is not on the desk, or it is there already.'), COALESCE(rule, 'M1')
        FROM import_desk_fact i WHERE refusal <> '' OR NOT {known_now}"""
    )
    run(
        f"""INSERT INTO import_counted SELECT 'desk_fact', count(*), %s, 0,
            count(*) FILTER (WHERE {known_now} AND refusal = '') - %s,
            count(*) FILTER (WHERE refusal <> '' OR NOT {known_now}), 0
        FROM import_desk_fact i""",
        made, made,
    )  # fmt: skip


def _bring_in(kind: str, table: str, columns: str, values: str, needed: str) -> int:
    other = (
        """LEFT JOIN LATERAL (SELECT x.id AS target_id FROM directory_contract x
            WHERE x.external_id = i.other AND i.other <> '') o ON true"""
        if kind == "contract_confirmation"
        else f"""LEFT JOIN LATERAL (SELECT x.target_id FROM salesforce_imported x
            WHERE x.subject IN ({OTHERS.get(kind, "''")}) AND x.external_id = i.other
            ORDER BY x.subject LIMIT 1) o ON true"""
    )
    case = "c.target_id IS NOT NULL AND" if kind not in {"follow_up", "mention"} else ""
    at = "i.at IS NOT NULL AND" if kind != "mention" else ""
    return run(
        f"""WITH good AS (
            SELECT i.external_id AS fact_id, nextval(pg_get_serial_sequence('{table}', 'id'))
                AS fact_key, i.line AS fact_line, made.*
            FROM import_desk_fact i {known("case", "c", 'i."case"')} {other}
            {person("b", "i.by")} {person("e", "i.ended_by")}
            LEFT JOIN salesforce_imported g ON g.subject IN ('group', 'department')
                AND g.external_id = i.by
            CROSS JOIN LATERAL (SELECT {values}) made ({columns})
            WHERE i.kind = '{kind}' AND i.refusal = '' AND {case} {at} {needed}
                AND NOT EXISTS (SELECT FROM salesforce_imported m
                    WHERE m.subject = 'desk_fact' AND m.external_id = i.external_id)
            ORDER BY i.line
        ), put AS (
            INSERT INTO {table} (id, {columns})
            SELECT fact_key, {columns} FROM good ORDER BY fact_line
        )
        INSERT INTO salesforce_imported (subject, external_id, target_id, digest)
        SELECT 'desk_fact', fact_id, fact_key, 0 FROM good ON CONFLICT DO NOTHING"""
    )
