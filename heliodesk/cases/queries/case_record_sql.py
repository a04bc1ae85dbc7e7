"""The statement behind `queries.case_record`: all that a case's page says of the case, at once.

Names are read by subselects on primary keys: fifteen of them are planned in a third of the time
that fifteen joins take. The keys of `COLUMNS` are the fields of `CaseRecord`.
"""

from __future__ import annotations

from heliodesk.assignments.queries.voiding import REFUSAL
from heliodesk.cases.queries.engine_comment import COMMENT
from heliodesk.cases.queries.jira_links import LINKS


def _name(table: str, key: str, column: str = "name") -> str:
    return f"(SELECT {column} FROM {table} WHERE id = c.{key})"  # noqa: S608 - names of our own


OWN = (
    "id", "number", "case_type", "status", "priority", "contract_gap", "job_id",
    "account_id", "contact_id", "contract_id", "installer_id", "installer_contact_id",
    "owner_agent_id", "owner_queue_id", "previous_case_id",
    "customer_name", "property_address", "customer_phone", "customer_email",
    "sales_rep_name", "sales_rep_email", "description",
    "created_at", "last_modified_at", "closed_at", "reviewed_at", "review_comments",
    "review_due_from", "follow_up_at", "follow_up_for",
)  # fmt: skip

#: What the reader typed on cases that were merged into this one, or into one of those, and did not
#: send (C5, X7). It stays under their keys, so that undoing a merge brings it back.
LEFT_BEHIND = """CASE WHEN EXISTS(SELECT FROM cases_merge WHERE into_id = c.id) THEN (
    WITH RECURSIVE gone (id) AS (
        SELECT case_id FROM cases_merge WHERE into_id = c.id AND undone_at IS NULL
        UNION SELECT e.case_id FROM gone JOIN cases_merge e ON e.into_id = gone.id
        WHERE e.undone_at IS NULL
    )
    SELECT json_agg(json_build_array(g.number, d.data ->> 'body') ORDER BY g.number)
    FROM gone JOIN cases_case g ON g.id = gone.id
    JOIN drafts_draft d ON d.user_id = %s AND d.key = 'case/' || g.number || '/post'
    WHERE btrim(d.data ->> 'body') <> ''
) END"""

COLUMNS: dict[str, str] = {name: f"c.{name}" for name in OWN} | {
    "account": _name("directory_account", "account_id"),
    "installer": _name("directory_account", "installer_id"),
    "installer_contact": _name("directory_contact", "installer_contact_id"),
    "contact": "p.name",
    "contact_phone": "p.phone",
    "contact_email": "p.email",
    "contract": "k.contract_id",
    "contract_status": "k.status",
    "request_type": _name("cases_requesttype", "request_type_id"),
    "request_subtype": _name("cases_requestsubtype", "request_subtype_id"),
    "source": _name("cases_casesource", "source_id"),
    "owner_agent": _name("people_user", "owner_agent_id"),
    "owner_queue": _name("people_queue", "owner_queue_id"),
    "created_by": _name("people_user", "created_by_id"),
    "last_modified_by": _name("people_user", "last_modified_by_id"),
    "reviewed_by": _name("people_user", "reviewed_by_id"),
    "previous_number": _name("cases_case", "previous_case_id", "number"),
    "later_numbers": "ARRAY(SELECT number FROM cases_case WHERE previous_case_id = c.id"
    " ORDER BY number)",
    "following": "EXISTS(SELECT FROM cases_follower WHERE case_id = c.id AND user_id = %s)",
    "merged_into": "n.number",
    "merged_owner_agent_id": "n.owner_agent_id",
    "merged_at": "m.at",
    "standing": "ARRAY(SELECT d.name FROM assignments_caseassignment a"
    " JOIN people_department d ON d.id = a.department_id"
    " WHERE a.case_id = c.id AND a.status IN ('open', 'accepted') ORDER BY a.id)",
    "assignments": "(SELECT count(*) FROM assignments_caseassignment WHERE case_id = c.id)",
    "refusal": REFUSAL,
    "jira_rows": LINKS,
    "closed_reason": "r.name",
    "closed_note": "o.note",
    "closed_by": "(SELECT name FROM people_user WHERE id = o.closed_by_id)",
    "reopened_at": "(SELECT max(reopened_at) FROM cases_closure"
    " WHERE case_id = c.id AND reopened_at IS NOT NULL)",
    "reopening_window_hours": "s.reopening_window_hours",
    "file_size_limit_mb": "s.file_size_limit_mb",
    "refused_file_types": "s.refused_file_types",
    "engine": COMMENT,
    "draft": "(SELECT data ->> 'body' FROM drafts_draft"
    " WHERE user_id = %s AND key = 'case/' || c.number || '/post')",
    "left_behind": LEFT_BEHIND,
    "confirmed": "(SELECT u.name FROM cases_contractconfirmation y"
    " JOIN people_user u ON u.id = y.by_id"
    " WHERE y.case_id = c.id AND y.contract_id = c.contract_id ORDER BY y.id DESC LIMIT 1)",
}

CASE = f"""
SELECT {", ".join(COLUMNS.values())}
FROM cases_case c
LEFT JOIN directory_contact p ON p.id = c.contact_id
LEFT JOIN directory_contract k ON k.id = c.contract_id
LEFT JOIN cases_closure o ON o.case_id = c.id AND o.reopened_at IS NULL
LEFT JOIN cases_merge m ON m.case_id = c.id AND m.undone_at IS NULL
LEFT JOIN cases_case n ON n.id = m.into_id
LEFT JOIN people_desksettings s ON s.id = 1
LEFT JOIN cases_closedreason r ON r.id = o.reason_id
WHERE c.number = %s
"""  # noqa: S608 - put together from the names above
