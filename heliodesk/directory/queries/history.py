"""What there was with a customer: cases, interactions, files, bounded and newest first (D2).

Each is one statement, and only of the cases that the actor may see (K6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, TextField, Value

from heliodesk.cases.access import visible_cases
from heliodesk.cases.models import Case, Channel, Interaction, Priority, Status
from heliodesk.files.models import CaseFile
from heliodesk.files.names import is_shown, size_in_words
from heliodesk.people.access import Actor
from heliodesk.worklists.queries.rows import STATUS_TONES

SHOWN = 15  # of a kind on a record's page; the whole is on a page of its own
PAGE = 50
COLUMNS = (
    "pk", "number", "status", "priority", "created_at", "closed_at", "contract__contract_id",
    "request_type__name", "request_subtype__name", "customer_name", "owner_agent__name",
    "owner_queue__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in somebody's history."""

    pk: int
    number: str
    title: str
    customer: str
    tone: str
    status: str
    is_open: bool
    high: bool
    owner: str
    owner_is_queue: bool
    contract: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """Something that was said."""

    pk: int
    at: datetime
    channel: str
    spoke_with: str
    about: str
    resolved: bool
    by: str
    case: str


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of one of the customer's cases."""

    pk: int
    name: str
    size: str
    at: datetime
    by: str
    case: str

    @property
    def is_shown(self) -> bool:
        """Whether it opens in a tab of its own, rather than being downloaded."""
        return is_shown(self.name)


def cases(where: Q, *, by: Actor) -> list[CaseRow]:
    """Open cases first, then closed ones, each newest first; at most `SHOWN` + 1 of either."""
    rows = visible_cases(by).filter(where).order_by("-created_at", "-id")
    still_open = rows.exclude(status=Status.CLOSED).values(*COLUMNS)[: SHOWN + 1]
    closed = rows.filter(status=Status.CLOSED).values(*COLUMNS)[: SHOWN + 1]
    return as_rows(still_open.union(closed, all=True))


def case_page(where: Q, *, before: int = 0, by: Actor) -> list[CaseRow]:
    """All cases newest first, those older than the case with ID `before`; `PAGE` + 1."""
    rows = visible_cases(by).filter(where).order_by("-created_at", "-id")
    edge = Case.objects.filter(pk=before).values_list("created_at", flat=True).first()
    if edge is not None:
        rows = rows.filter(Q(created_at__lt=edge) | Q(created_at=edge, pk__lt=before))
    return as_rows(rows.values(*COLUMNS)[: PAGE + 1])


def as_rows(found: QuerySet[Case, dict[str, Any]]) -> list[CaseRow]:
    """Rows from what `COLUMNS` selected."""
    return [
        CaseRow(
            pk=row["pk"],
            number=f"{row['number']:08d}",
            title=f"{row['request_type__name']}: {row['request_subtype__name']}",
            customer=row["customer_name"],
            tone=STATUS_TONES[row["status"]],
            status=str(Status(row["status"]).label),
            is_open=row["status"] != Status.CLOSED,
            high=row["priority"] == Priority.HIGH,
            owner=row["owner_agent__name"] or row["owner_queue__name"],
            owner_is_queue=row["owner_agent__name"] is None,
            contract=row["contract__contract_id"] or "",
            created_at=row["created_at"],
        )
        for row in found
    ]


def interactions(
    where: Q, *, before: int = 0, limit: int = SHOWN, by: Actor
) -> list[InteractionRow]:
    """What was said, newest first, at most `limit` + 1; before the interaction with that ID."""
    rows = older(spoken(where, by), Interaction.objects.filter(pk=before), before)
    return [as_interaction(row) for row in as_columns(rows, SPOKEN, limit)]


def files(where: Q, *, before: int = 0, limit: int = SHOWN, by: Actor) -> list[FileRow]:
    """The files of the cases for which `where` holds, newest first, at most `limit` + 1."""
    rows = older(put(where, by), CaseFile.objects.filter(pk=before), before)
    return [as_file(row) for row in as_columns(rows, PUT, limit)]


def spoken_and_files(said: Q, cases: Q, *, by: Actor) -> tuple[list[InteractionRow], list[FileRow]]:
    """Both for a record's page, in one statement."""
    first = as_columns(spoken(said, by), SPOKEN, SHOWN)
    found = list(first.union(as_columns(put(cases, by), PUT, SHOWN), all=True))
    return (
        [as_interaction(row) for row in found if row["is_file"] is False],
        [as_file(row) for row in found if row["is_file"]],
    )


def spoken(where: Q, by: Actor) -> QuerySet[Any]:
    """The interactions that `by` may see."""
    rows = Interaction.objects.filter(where)
    return rows if by.is_support else rows.filter(case__in=visible_cases(by).values("pk"))


def put(where: Q, by: Actor) -> QuerySet[Any]:
    """The files of the cases for which `where` holds."""
    return CaseFile.objects.filter(case__in=visible_cases(by).filter(where).values("pk"))


#: The columns of both, so that one statement can read them.
SPOKEN = {
    "is_file": Value(False),
    "key": F("pk"),
    "moment": F("at"),
    "name": F("channel"),
    "with_whom": F("spoke_with"),
    "words": F("about"),
    "done": F("resolved"),
    "bytes": Value(0, BigIntegerField()),
    "person": F("by__name"),
    "number": F("case__number"),
}
PUT = SPOKEN | {
    "is_file": Value(True),
    "name": F("name"),
    "with_whom": Value(""),
    "words": Value("", TextField()),
    "done": Value(False),
    "bytes": F("size"),
}


def as_columns(rows: QuerySet[Any], columns: dict[str, Any], limit: int) -> QuerySet[Any, Any]:
    """The newest rows, at most `limit` + 1, in the columns of both."""
    own = {name: value for name, value in columns.items() if value != F(name)}
    newest: QuerySet[Any, Any] = rows.order_by("-at", "-pk").annotate(**own)
    return newest.values(*columns)[: limit + 1]


def as_interaction(row: dict[str, Any]) -> InteractionRow:
    """An interaction from the columns."""
    return InteractionRow(
        pk=row["key"],
        at=row["moment"],
        channel=str(Channel(row["name"]).label),
        spoke_with=row["with_whom"],
        about=row["words"],
        resolved=row["done"],
        by=row["person"],
        case=f"{row['number']:08d}" if row["number"] else "",
    )


def as_file(row: dict[str, Any]) -> FileRow:
    """A file from the columns."""
    return FileRow(
        pk=row["key"],
        name=row["name"],
        size=size_in_words(row["bytes"]),
        at=row["moment"],
        by=row["person"],
        case=f"{row['number']:08d}",
    )


def older(rows: QuerySet[Any], edge: QuerySet[Any], before: int) -> QuerySet[Any]:
    """Those of `rows` behind the row of `edge`; all where there is none."""
    at = edge.values_list("at", flat=True).first() if before else None
    return rows if at is None else rows.filter(Q(at__lt=at) | Q(at=at, pk__lt=before))
