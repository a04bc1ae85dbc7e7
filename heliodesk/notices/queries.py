"""Reading notices: one's own, on cases that one may still see, case by case (C2, K6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject, Left

from heliodesk.cases.access import visible_cases
from heliodesk.feed import telling
from heliodesk.feed.cursor import Cursor
from heliodesk.feed.other_cases import without_unseen
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.words import ICONS, cut, told, why
from heliodesk.people.access import Actor

PAGE = 15  # cases
OF_A_CASE = 3  # notices of it, where several cases are shown
OF_ONE_CASE = 100  # notices, where it is shown alone
EXCERPT = 140  # characters
READ = 4_000  # characters of a post, to make the excerpt of


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice as the list shows it."""

    id: int
    kind: str
    why: str
    who: str
    icon: str
    at: datetime
    unread: bool
    case: str
    excerpt: str

    @property
    def url(self) -> str:
        """Marks the notice read and leads to the very post."""
        return f"/notices/{self.id}/"


@dataclass(frozen=True, slots=True)
class CaseNotices:
    """The notices of one case: the newest as `rows`, how many there are, and how many unread."""

    number: int
    customer: str
    unread: int
    total: int
    rows: list[NoticeRow]

    @property
    def case(self) -> str:
        """The number with its eight digits."""
        return f"{self.number:08d}"

    @property
    def newest(self) -> int:
        """What *Mark read* of the case goes up to."""
        return max(row.id for row in self.rows)

    @property
    def hidden(self) -> int:
        """How many are not among the rows."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """A page of notices: the case with the newest first."""

    cases: list[CaseNotices] = field(default_factory=list)
    older: str = ""

    @property
    def rows(self) -> list[NoticeRow]:
        """All notices that the page shows."""
        return [row for case in self.cases for row in case.rows]

    @property
    def newest(self) -> int:
        """What *Mark all read* goes up to."""
        return max((row.id for row in self.rows), default=0)


def own_notices(by: Actor) -> QuerySet[Notice]:
    """The notices of `by`, without those on cases which they may see no longer (K6)."""
    mine = Notice.objects.filter(recipient_id=by.person_id)
    return mine if by.is_support else mine.filter(case__in=visible_cases(by).values("pk"))


def notices_of(
    by: Actor, *, before: str | None = None, case: int | None = None, limit: int = PAGE
) -> NoticesPage:
    """A page of one's notices by case, the case with the newest first; `before` is the `older` of
    the page before, `case` the number of the only case wanted. One SQL statement; one more outside
    of Support where notices name other cases (K6)."""
    found = _newest_of_each_case(own_notices(by))
    if case is not None:
        found = found.filter(case__number=case)
    elif start := Cursor.read(before):
        found = found.filter(Q(at__lt=start.at) | Q(at=start.at, id__lt=start.id))
    wanted = found.annotate(
        unread=_count(_beside().filter(read_at=None)),
        total=_count(_beside()),
        rows=ArraySubquery(_as_json()[: OF_A_CASE if case is None else OF_ONE_CASE]),
    ).values("at", "id", "case__number", "case__customer_name", "unread", "total", "rows")
    read = list(wanted[: limit + 1])
    without_unseen((notice for row in read for notice in row["rows"]), kind="item", by=by)
    older = str(Cursor(read[limit - 1]["at"], read[limit - 1]["id"])) if len(read) > limit else ""
    return NoticesPage([_case(row) for row in read[:limit]], older)


def _newest_of_each_case(mine: QuerySet[Notice]) -> QuerySet[Notice]:
    """Read off the index from the newest on, until the page is full: however many there are."""
    newer = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), id__gt=OuterRef("id"))
    return mine.filter(~Exists(_beside().filter(newer))).order_by("-at", "-id")


def _beside() -> QuerySet[Notice]:
    """The notices of the same person on the same case."""
    return Notice.objects.filter(recipient=OuterRef("recipient"), case=OuterRef("case"))


def _count(notices: QuerySet[Notice]) -> Subquery:
    return Subquery(notices.order_by().values("case").annotate(n=Count("pk")).values("n"))


def _as_json() -> QuerySet[Notice, Any]:
    columns = {
        "id": F("id"),
        "kind": F("kind"),
        "at": F("at"),
        "read_at": F("read_at"),
        "author": F("item__author__name"),
        "body": Left("item__body_html", READ),
        "item": F("item__kind"),
        "data": F("item__data"),
        "cases": F("cases"),
    }
    return _beside().order_by("-at", "-id").values(json=JSONObject(**columns))


def _case(row: Mapping[str, Any]) -> CaseNotices:
    return CaseNotices(
        number=row["case__number"],
        customer=row["case__customer_name"],
        unread=row["unread"] or 0,
        total=row["total"],
        rows=[_row(notice, f"{row['case__number']:08d}") for notice in row["rows"]],
    )


def _row(notice: dict[str, Any], case: str) -> NoticeRow:
    kind = NoticeKind(notice["kind"])
    who = notice["author"] or telling.NOBODY
    words = told(notice["body"], notice["item"], notice["data"], who) if notice["item"] else ""
    return NoticeRow(
        id=notice["id"],
        kind=kind.value,
        why=why(kind, notice["cases"]),
        who=who,
        icon=ICONS[kind],
        at=datetime.fromisoformat(notice["at"]),
        unread=notice["read_at"] is None,
        case=case,
        excerpt=cut(" ".join(words.split()), EXCERPT),
    )
