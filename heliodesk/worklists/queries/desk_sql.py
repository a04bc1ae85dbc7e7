"""The statement behind `queries.desk`: a person's open cases with what stands around them (V1).

The cases are found first, and what departments do with them is then read once for each case, not
once for each thing that is asked of it: an agent of a large desk has two hundred of them.
"""

from __future__ import annotations

from heliodesk.assignments.queries.overdue import IS_OVERDUE, SINCE
from heliodesk.assignments.queries.voiding import REFUSAL
from heliodesk.worklists.queries.orders import CONTRACT, Order
from heliodesk.worklists.queries.rows import COLUMNS

#: My desk shows no contract: nothing is looked up for it.
SHOWN = COLUMNS.replace(CONTRACT, "''")
OPEN_OF_PERSON = f"""
    WITH mine AS MATERIALIZED (
        SELECT row_number() OVER () AS place, c.* FROM (
            SELECT c.id, c.number, c.priority, c.status, c.customer_name, c.property_address,
                c.request_type_id, c.request_subtype_id, c.source_id, c.created_at,
                c.last_modified_at, c.created_by_id, c.review_due_from, c.follow_up_at,
                c.follow_up_for
            FROM cases_case c WHERE c.owner_agent_id = %(person)s AND c.status <> 'closed'
            ORDER BY {{by}} LIMIT {{most}}
        ) c
    ), asked AS (
        SELECT c.id,
            string_agg(d.name, ', ' ORDER BY a.id) FILTER (WHERE stands) AS departments,
            min(a.created_at) FILTER (WHERE stands) AS since,
            string_agg(d.name, ', ' ORDER BY a.id) FILTER (WHERE stands AND {IS_OVERDUE}) AS late,
            min(a.acted_at) FILTER (WHERE stands AND {IS_OVERDUE}) AS acted_at,
            string_agg(d.name, ', ' ORDER BY a.id)
                FILTER (WHERE stands AND f.escalated_at IS NOT NULL) AS silent,
            bool_or(a.status IN ('rejected', 'returned')) AS refused,
            max(a.ended_at) FILTER (
                WHERE c.status = 'awaiting_support' AND a.ended_at > c.review_due_from
                AND a.ended_by_id <> %(person)s
            ) AS ended_at
        FROM mine c JOIN assignments_caseassignment a ON a.case_id = c.id
        JOIN people_department d ON d.id = a.department_id
        LEFT JOIN assignments_followup f ON f.assignment_id = a.id AND f.ended_at IS NULL
        CROSS JOIN LATERAL (
            SELECT a.status IN ('open', 'accepted') AND c.status = 'internal_referral' AS stands
        ) standing
        CROSS JOIN {SINCE}
        GROUP BY c.id
    )
    SELECT {SHOWN},
        (SELECT o.reopened_at FROM cases_closure o
            WHERE o.case_id = c.id AND o.reopened_at IS NOT NULL),
        asked.departments, asked.since, asked.late, asked.acted_at, asked.silent,
        asked.refused IS TRUE AND {REFUSAL} IS NOT NULL, c.follow_up_at, c.follow_up_for,
        (SELECT max(i.at) FROM cases_interaction i
            WHERE i.case_id = c.id AND i.by_id <> %(person)s AND i.at > c.review_due_from),
        asked.ended_at
    FROM mine c LEFT JOIN asked ON asked.id = c.id ORDER BY c.place
"""  # noqa: S608 - only constants are put in


def open_of_person(order: Order, most: int) -> str:
    """The statement for at most so many cases in the order; takes `person` and `now`."""
    return OPEN_OF_PERSON.format(by=order.by(), most=most)
