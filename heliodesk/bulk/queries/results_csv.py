"""What came of each case of an action, as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from heliodesk.bulk.csv import Line, harmless, moment, written
from heliodesk.bulk.models import BulkAction

COLUMNS = (
    Line("Case number", "lpad(number::text, 8, '0')"),
    Line("Customer", harmless("customer")),
    Line("Result", "result"),
    Line("Why", harmless("message")),
    Line("Rule", "rule"),
    Line("At", moment("at")),
)
#: What has no result stands at the end.
ROWS = """
    FROM (
        SELECT r.id AS place, r.number, c.customer_name AS customer, r.message, r.rule, r.at,
            CASE r.outcome WHEN 'done' THEN 'Done' WHEN 'nothing' THEN 'Nothing to do'
                ELSE 'Refused' END AS result
        FROM bulk_bulkresult r LEFT JOIN cases_case c ON c.id = r.case_id WHERE r.action_id = %s
        UNION ALL
        SELECT 9223372036854775807, c.number, c.customer_name, '', '', NULL, 'Not done'
        FROM bulk_bulkchunk k CROSS JOIN unnest(k.case_ids) wanted (id)
        JOIN cases_case c ON c.id = wanted.id
        WHERE k.action_id = %s AND k.finished_at IS NULL AND NOT EXISTS (
            SELECT FROM bulk_bulkresult r WHERE r.action_id = k.action_id AND r.case_id = c.id)
    ) result ORDER BY place, number
"""


def results_csv(action: BulkAction) -> Iterator[bytes]:
    """The file in blocks."""
    for block, _ in written(COLUMNS, ROWS, [action.pk, action.pk]):
        yield block
