"""Cases that have changed, as lists show them: in their row, or why it is there no more (V2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.cases.models import Status
from heliodesk.worklists.queries.names import names
from heliodesk.worklists.queries.rows import COLUMNS, CaseRow, as_rows
from heliodesk.worklists.views.row_parts import rows_markup

READ = f"""
    SELECT {COLUMNS}, c.id, c.owner_queue_id, c.owner_agent_id,
        (SELECT name FROM people_user WHERE id = c.owner_agent_id),
        ARRAY(SELECT department_id FROM assignments_caseassignment WHERE case_id = c.id)
    FROM cases_case c WHERE c.id = ANY(%s::bigint[])
"""  # noqa: S608 - only constants are put in
OWNED = 5  # columns of READ after those of a row


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case with what decides in which lists it stands."""

    row: CaseRow
    case_id: int
    queue: int | None
    agent: int | None
    agent_name: str
    departments: frozenset[int]

    @property
    def number(self) -> int:
        """The case number."""
        return int(self.row.number)

    def waits_in(self, queue: int) -> bool:
        """True where that queue's list shows it (Q3)."""
        return self.queue == queue and self.row.status != Status.CLOSED

    @property
    def whereabouts(self) -> str:
        """Why a queue's list shows it no more: `Taken by Bea`, `Closed`, `Moved to …`."""
        if self.row.status == Status.CLOSED:
            return "Closed"
        if self.agent is not None:
            return f"Taken by {self.agent_name}"
        return f"Moved to {names('queue', self.queue)[self.queue or 0]}"

    def in_queue(self, *, is_mine: bool) -> dict[str, Any]:
        """The row of a queue's list; `is_mine` for those who may take from it."""
        return {"number": self.row.number, "html": str(rows_markup([self.row], is_mine=is_mine))}


def read(case_ids: Iterable[int]) -> list[ListedCase]:
    """These cases; one SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [list(case_ids)])
        found = cursor.fetchall()
    rows = as_rows([row[:-OWNED] for row in found])
    return [
        ListedCase(row, case_id, queue, agent, agent_name or "", frozenset(departments))
        for row, (case_id, queue, agent, agent_name, departments) in zip(
            rows, (row[-OWNED:] for row in found), strict=True
        )
    ]
