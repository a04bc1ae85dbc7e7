"""Case assignments of the export (A)."""

from __future__ import annotations

from heliodesk.integrations.salesforce.moving_in.judging import (
    GOOD,
    NEW,
    Judgement,
    judge,
    known,
    person,
    put,
)
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import run

ENDED = "i.status NOT IN ('open', 'accepted')"
STANDS = "d.status IN ('open', 'accepted')"
ANSWERED = "d.status IN ('completed', 'rejected', 'returned')"
ENDED_AT = f"CASE WHEN {ENDED} THEN COALESCE(i.ended_at, i.modified_at, i.created_at) END"
ASSIGNEE = """CASE WHEN i.status = 'open' THEN NULL
    WHEN i.status IN ('accepted', 'completed') THEN COALESCE(asg.id, eu.id, mu.id)
    ELSE asg.id END"""

ASSIGNMENTS = Judgement(
    "assignment",
    "assignments_caseassignment",
    f"""{known("case", "c", 'i."case"')}
    LEFT JOIN cases_case t ON t.id = c.target_id
    LEFT JOIN import_departments de ON de.said = lower(i.department)
    LEFT JOIN import_referrals re ON re.department_id = de.id AND re.said = lower(i.reason)
    LEFT JOIN import_referral_subtypes su ON su.reason_id = re.id AND su.said = lower(i.subtype)
    LEFT JOIN people_topic tp ON tp.department_id = de.id AND lower(tp.name) = lower(i.topic)
    {person("am", "i.account_manager")} {person("sm", "i.sales_manager")}
    {person("asg", "i.assignee")} {person("eu", "i.ended_by")} {person("mu", "i.modified_by")}
    {person("cu", "COALESCE(NULLIF(i.created_by, ''), 'unknown')")}""",
    {
        "case_id": "c.target_id",
        "department_id": "de.id",
        "topic_id": "tp.id",
        "reason_id": "re.id",
        "subtype_id": "su.id",
        "comments": "i.comments",
        "account_manager_id": "CASE WHEN sm.id IS NOT NULL THEN am.id END",
        "sales_manager_id": "CASE WHEN am.id IS NOT NULL THEN sm.id END",
        "status": "i.status",
        "assignee_id": ASSIGNEE,
        "outcome": "CASE WHEN i.status IN ('open', 'accepted') THEN '' ELSE i.outcome END",
        "created_at": "i.created_at",
        "created_by_id": "cu.id",
        "accepted_at": f"""CASE WHEN ({ASSIGNEE}) IS NOT NULL
            THEN COALESCE(i.accepted_at, i.ended_at, i.modified_at, i.created_at) END""",
        "acted_at": f"""COALESCE(i.acted_at, ({ENDED_AT}), i.accepted_at, i.created_at)""",
        "ended_at": ENDED_AT,
        "ended_by_id": f"""CASE WHEN {ENDED} THEN COALESCE(eu.id, asg.id, mu.id, cu.id) END""",
    },
    [
        ("d.case_id IS NULL", refused(
            "case_unknown", "Its case is not on the desk, or was refused.", "case", "A1")),
        ("d.created_at IS NULL", refused(
            "required", "The assignment does not say when it was created. Export CreatedDate.",
            "created_at", "A1")),
        ("d.department_id IS NULL", refused(
            "department_missing",
            "The department is none of the desk's. Name it under [assignment.departments] of the "
            "map.", "department", "A1")),
        ("d.reason_id IS NULL", refused(
            "reason_missing", "Choose a Referral Reason that the department has.", "reason",
            "A1")),
        ("d.said_subtype <> '' AND d.subtype_id IS NULL", refused(
            "subtype_of_another_reason", "The Referral Subtype is not one of the reason's.",
            "subtype", "A1")),
        ("d.said_topic <> '' AND d.topic_id IS NULL", refused(
            "topic_of_another_department", "The topic is not one of the department's.", "topic",
            "A1")),
        ("d.comments = ''", refused(
            "required", "Fill in the Referral Comments.", "comments", "A1")),
        (f"{STANDS} AND d.wants_managers AND d.account_manager_id IS NULL", refused(
            "managers_missing", "Choose the Account Manager and the Sales Manager.",
            "account_manager", "A1")),
        (f"{STANDS} AND d.case_status = 'closed'", refused(
            "case_closed", "The case is closed: an open assignment needs an open case.", "status",
            "X2")),
        ("d.status IN ('accepted', 'completed') AND d.assignee_id IS NULL", refused(
            "assignee_missing", "It does not say who accepted it.", "assignee", "A4")),
        (f"{ANSWERED} AND d.outcome = ''", refused(
            "required", "Say how it ended: the resolution, or the reason.", "outcome", "A4")),
        ("d.ended_at < d.created_at", refused(
            "ended_before_created", "It ended before it was created.", "ended_at", "A4")),
    ],
    {
        "case_status": "t.status",
        "said_subtype": "i.subtype",
        "said_topic": "i.topic",
        "wants_managers": "de.wants_managers",
        "number": "i.number",
        "keeps_number": "false",
    },
)  # fmt: skip

#: Assignments that have ended: history may add the words that only they have, as retired.
OVER = f"{ENDED} AND i.refusal = ''"


def offered() -> None:
    """Departments, reasons and subtypes by name in lower case, those in use first."""
    run("DROP TABLE IF EXISTS import_departments, import_referrals, import_referral_subtypes")
    run(
        """CREATE TEMP TABLE import_departments AS SELECT DISTINCT ON (lower(name))
            lower(name) AS said, id, wants_managers
        FROM people_department ORDER BY lower(name), is_active DESC, id"""
    )
    run(
        """CREATE TEMP TABLE import_referrals AS SELECT DISTINCT ON (department_id, lower(name))
            department_id, lower(name) AS said, id
        FROM people_referralreason ORDER BY department_id, lower(name), is_active DESC, id"""
    )
    run(
        """CREATE TEMP TABLE import_referral_subtypes AS SELECT DISTINCT ON (reason_id, lower(name))
            reason_id, lower(name) AS said, id
        FROM people_referralsubtype ORDER BY reason_id, lower(name), is_active DESC, id"""
    )


def retire() -> dict[str, int]:
    """Reasons and subtypes that only ended assignments have are added as retired; departments are
    not: they are set up, or named by the map. Gives how many."""
    reasons = run(
        f"""INSERT INTO people_referralreason (department_id, name, is_active, position)
        SELECT DISTINCT ON (d.id, lower(s.name)) d.id, s.name, false, 0 FROM (
            SELECT DISTINCT lower(i.department) AS department, left(i.reason, 120) AS name
            FROM import_assignment i WHERE {OVER}) s
        JOIN import_departments d ON d.said = s.department
        WHERE s.name <> '' AND NOT EXISTS (SELECT FROM import_referrals r
            WHERE r.department_id = d.id AND r.said = lower(s.name))
        ORDER BY d.id, lower(s.name), s.name"""
    )
    offered()
    subtypes = run(
        f"""INSERT INTO people_referralsubtype (reason_id, name, is_active, position)
        SELECT DISTINCT ON (r.id, lower(s.name)) r.id, s.name, false, 0 FROM (
            SELECT DISTINCT lower(i.department) AS department, lower(left(i.reason, 120)) AS reason,
                left(i.subtype, 120) AS name
            FROM import_assignment i WHERE {OVER}) s
        JOIN import_departments d ON d.said = s.department
        JOIN import_referrals r ON r.department_id = d.id AND r.said = s.reason
        WHERE s.name <> '' AND NOT EXISTS (SELECT FROM import_referral_subtypes x
            WHERE x.reason_id = r.id AND x.said = lower(s.name))
        ORDER BY r.id, lower(s.name), s.name"""
    )
    offered()
    made = {"Referral Reasons": reasons, "Referral Subtypes": subtypes}
    return {what: count for what, count in made.items() if count}


def bring_in_assignments() -> None:
    """Judge the assignments and put the good ones on the desk, with their numbers where free."""
    judge(ASSIGNMENTS)
    keep_numbers()
    put(ASSIGNMENTS)
    run(
        """SELECT setval(pg_get_serial_sequence('assignments_caseassignment', 'id'), t.top)
        FROM (SELECT max(id) AS top FROM assignments_caseassignment) t
        WHERE t.top > (SELECT last_value FROM assignments_caseassignment_id_seq)"""
    )


def keep_numbers() -> None:
    """`CA-00012` keeps its number, where the desk has not given it to another. Whatever new row
    was about to get that number, gets one above all."""
    run(
        f"""UPDATE judged_assignment j SET target_id = n.number, keeps_number = true FROM (
            SELECT file, line, substring(number FROM 4)::bigint AS number,
                row_number() OVER (PARTITION BY number ORDER BY file, line) AS nth
            FROM judged_assignment j WHERE number ~ '^CA-[0-9]{{5,12}}$' AND {NEW}) n
        WHERE n.file = j.file AND n.line = j.line AND n.nth = 1 AND n.number > 0
            AND NOT EXISTS (SELECT FROM assignments_caseassignment a WHERE a.id = n.number)"""
    )
    run(
        f"""UPDATE judged_assignment j SET target_id = n.top + n.nth FROM (
            SELECT o.file, o.line, row_number() OVER (ORDER BY o.file, o.line) AS nth,
                GREATEST((SELECT max(target_id) FROM judged_assignment),
                    (SELECT last_value FROM assignments_caseassignment_id_seq)) AS top
            FROM judged_assignment o WHERE o.target_id IN (
                SELECT target_id FROM judged_assignment WHERE keeps_number)) n
        WHERE n.file = j.file AND n.line = j.line AND {NEW} AND NOT j.keeps_number"""
    )


def say_assignments() -> None:
    """What was asked and how it ended, in the feed of each new one's case (C3)."""
    told = "'assignment', 'CA-' || lpad(j.target_id::text, 5, '0'), 'department', d.name"
    of = """judged_assignment j JOIN people_department d ON d.id = j.department_id
        JOIN people_referralreason r ON r.id = j.reason_id
        LEFT JOIN people_referralsubtype s ON s.id = j.subtype_id
        LEFT JOIN people_topic t ON t.id = j.topic_id"""
    run(
        f"""INSERT INTO feed_feeditem (case_id, kind, author_id, at, body, body_html, data)
        SELECT j.case_id, 'assignment_created', j.created_by_id, j.created_at, j.comments, '',
            jsonb_build_object({told}, 'reason', concat_ws(', ', r.name, s.name, t.name))
        FROM {of} WHERE {NEW} ORDER BY j.file, j.line"""
    )
    run(
        f"""INSERT INTO feed_feeditem (case_id, kind, author_id, at, body, body_html, data)
        SELECT j.case_id, 'assignment_' || j.status, j.ended_by_id, j.ended_at, j.outcome, '',
            jsonb_build_object({told}, 'still_open', (
                SELECT count(*) FROM assignments_caseassignment o
                WHERE o.case_id = j.case_id AND o.created_at <= j.ended_at AND o.id <> j.target_id
                    AND (o.ended_at IS NULL OR o.ended_at > j.ended_at)))
        FROM {of} WHERE {GOOD} AND j.ended_at IS NOT NULL AND NOT EXISTS (
            SELECT FROM feed_feeditem f WHERE f.case_id = j.case_id
                AND f.kind = 'assignment_' || j.status AND f.at = j.ended_at
                AND f.data ->> 'assignment' = 'CA-' || lpad(j.target_id::text, 5, '0'))
        ORDER BY j.file, j.line"""
    )


def settle_statuses(cases: str) -> None:
    """Internal Referral exactly while an assignment stands (S1), on the cases of this import."""
    touched = f"""c.id IN (SELECT target_id FROM {cases} WHERE verdict IS NULL
        UNION SELECT case_id FROM judged_assignment WHERE verdict IS NULL)"""
    stands = """EXISTS (SELECT FROM assignments_caseassignment a
        WHERE a.case_id = c.id AND a.status IN ('open', 'accepted'))"""
    run(
        f"""UPDATE cases_case c SET status = 'awaiting_support'
        WHERE c.status = 'internal_referral' AND {touched} AND NOT {stands}"""
    )
    run(
        f"""UPDATE cases_case c SET status = 'internal_referral'
        WHERE c.status IN ('new', 'awaiting_support', 'awaiting_customer') AND {touched}
            AND {stands}"""
    )
