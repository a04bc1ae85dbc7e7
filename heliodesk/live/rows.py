"""Cases that have changed, as lists show them: in their row, or why it is there no more (V2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from heliodesk.cases.models import Status
from heliodesk.list_views.columns import columns
from heliodesk.list_views.queries.listing import ListRow
from heliodesk.list_views.queries.queue_listing import rows_of
from heliodesk.list_views.views.place import OF_INSTALLERS, QUEUE_COLUMNS, WIDER, usual_columns
from heliodesk.list_views.views.rows import rows_markup, to_read
from heliodesk.worklists.queries.names import names

READ = """
    SELECT c.number, c.id, c.owner_queue_id, c.owner_agent_id,
        (SELECT name FROM people_user WHERE id = c.owner_agent_id),
        ARRAY(SELECT department_id FROM assignments_caseassignment WHERE case_id = c.id)
    FROM cases_case c WHERE c.id = ANY(%s::bigint[])
"""
#: All that a queue's list has where nobody chose its columns; every other list is read anew.
NAMES = (*QUEUE_COLUMNS, *OF_INSTALLERS.values())
SHOWN = to_read(columns(NAMES))


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case with what decides in which lists it stands."""

    row: ListRow
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
        usual = [NAMES.index(name) for name in usual_columns(self.queue)]
        row = replace(self.row, cells=tuple(self.row.cells[at] for at in usual))
        fields = tuple(SHOWN[at] for at in usual)
        html = rows_markup([row], fields, picks=True, takes=is_mine, wider=WIDER)
        return {"number": self.row.number, "html": str(html)}

    @property
    def now(self) -> str:
        """How it stands, for whoever misses it in a list: `New, with Bea`."""
        label = Status(self.row.status).label.removeprefix("In Progress - ")
        owner = self.agent_name or names("queue", self.queue)[self.queue or 0]
        return label if self.row.status == Status.CLOSED else f"{label}, with {owner}"


def read(case_ids: Iterable[int]) -> list[ListedCase]:
    """These cases; two SQL statements."""
    wanted = list(case_ids)
    rows = rows_of(wanted, SHOWN)
    with connection.cursor() as cursor:
        cursor.execute(READ, [wanted])
        found = cursor.fetchall()
    return [
        ListedCase(
            rows[f"{number:08d}"], case_id, queue, agent, agent_name or "", frozenset(departments)
        )
        for number, case_id, queue, agent, agent_name, departments in found
        if f"{number:08d}" in rows
    ]
