"""A little desk with every kind of figure, on the Monday after the clocks went back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.db import connection
from django.http import QueryDict

from heliodesk.assignments.models import AssignmentStatus, FollowUp
from heliodesk.cases.models import Activity, Case, Closure, Priority, Status
from heliodesk.dashboards.figures.team import Dashboard, team
from heliodesk.feed.models import FeedItem
from heliodesk.list_views.filters import read
from heliodesk.list_views.queries.where import where
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

#: Monday, November 2, 2026, ten in the morning in Los Angeles; on Sunday the day had 25 hours.
MONDAY = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
SUNDAY_BEGINS = datetime(2026, 11, 1, 7, 0, tzinfo=UTC)  # still daylight saving time
MONDAY_BEGINS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@dataclass
class Little:
    """What was made, by name."""

    company: Cast
    cases: dict[str, Case] = field(default_factory=dict)


def little(company: Cast, still: Clock) -> Little:
    """Make it: open cases of every age, status and owner; closed and reopened ones; assignments."""
    still.at = MONDAY
    DeskSettings.objects.get_or_create(pk=1)
    made = Little(company)
    _open(made)
    _closed(made)
    _asked(made)
    return made


def _open(made: Little) -> None:
    """Eight open cases: three in queues, three of Bea, one of Bob, one of Ines."""
    company, keep = made.company, made.cases
    homes, orgs = company.homeowner_queue, company.installer_queue
    high, waits = Priority.HIGH, Status.AWAITING_CUSTOMER
    keep["today"] = cast.case(company, owner_queue=homes, created_at=ago(hours=1), priority=high)
    keep["queued"] = cast.case(company, owner_queue=homes, created_at=ago(days=4))
    keep["installer"] = cast.installer_case(company, owner_queue=orgs, created_at=ago(days=40))
    keep["fresh"] = cast.case(company, owner_agent=company.bea, created_at=ago(hours=30))
    keep["due"] = cast.case(company, owner_agent=company.bea, created_at=ago(days=5), status=waits)
    keep["reviewed"] = cast.case(
        company, owner_agent=company.bea, created_at=ago(days=20), review_due_from=ago(hours=3)
    )
    keep["bobs"] = cast.case(
        company, owner_agent=company.bob, created_at=ago(days=6), status=Status.INTERNAL_REFERRAL
    )
    keep["ines"] = cast.installer_case(
        company,
        owner_agent=company.ines,
        created_at=ago(days=9),
        status=Status.INTERNAL_REFERRAL,
        request_type=company.performance,
        request_subtype=company.low_production,
    )
    Activity.objects.create(
        case=keep["reviewed"],
        subject="Case Review",
        comments="Waits for parts.",
        at=ago(hours=3),
        by=company.bea,
    )
    FeedItem.objects.create(
        case=keep["fresh"],
        kind="taken",
        author=company.bea,
        at=ago(hours=20),
        data={"old": company.homeowner_queue.name},
    )


def _closed(made: Little) -> None:
    """Four closed cases, one of them reopened before; one that is open again."""
    company, keep = made.company, made.cases
    keep["sunday"] = closed(company, created=ago(days=3), at=SUNDAY_BEGINS)
    keep["late sunday"] = closed(
        company, created=ago(days=3), at=MONDAY_BEGINS - timedelta(seconds=1)
    )
    keep["monday"] = closed(company, created=ago(days=50), at=MONDAY_BEGINS)
    keep["long ago"] = closed(company, created=ago(days=90), at=ago(days=80))
    keep["again"] = cast.case(company, created_at=ago(days=2), owner_agent=company.fiona)
    for case in (keep["again"], keep["monday"]):
        Closure.objects.create(
            case=case,
            reason=company.voided,
            closed_at=ago(hours=20),
            closed_by=company.bea,
            reopened_at=ago(hours=19),
            reopened_by=company.frank,
        )


def _asked(made: Little) -> None:
    """Sales: one open and overdue, with a follow-up; two ended. Legal: one accepted, fresh."""
    company, keep = made.company, made.cases
    waits = cast.assignment(company, keep["bobs"], acted_at=ago(days=3))
    FollowUp.objects.create(
        assignment=waits,
        asked_at=ago(days=2, hours=2),
        asked_by=company.bob,
        escalates_at=ago(hours=2),
        escalated_at=ago(hours=2),
    )
    legal = {"department": company.legal, "reason": company.legal_reason}
    cast.assignment(
        company,
        keep["ines"],
        **legal,
        status=AssignmentStatus.ACCEPTED,
        created_at=ago(hours=10),
        accepted_at=ago(hours=6),
    )
    for status, hours in (("completed", 10), ("returned", 30), ("withdrawn", 1)):
        cast.assignment(
            company,
            keep["sunday"],
            status=status,
            created_at=ago(days=2),
            assignee=company.dora,
            accepted_at=ago(days=2, hours=-2),
            ended_at=ago(days=2, hours=-hours),
        )


def closed(company: Cast, *, created: datetime, at: datetime) -> Case:
    """A case closed then, by Frank as Resolved."""
    return cast.case(company, created_at=created, status=Status.CLOSED, closed_at=at)


def ago(**parts: float) -> datetime:
    """That long before Monday at ten."""
    return MONDAY - timedelta(**parts)


def board(query: str = "") -> Dashboard:
    """The dashboard of that address."""
    return team(QueryDict(query))


def figures(shown: Dashboard, key: str) -> dict[str, list[float | None]]:
    """A chart's figures by their labels."""
    return {row.label: [cell.value for cell in row.cells] for row in shown.sheets[key].rows}


def tiles(shown: Dashboard) -> dict[str, int]:
    """The numbers to look at first, by their names."""
    return {tile.label: tile.count for tile in shown.tiles}


def links(shown: Dashboard) -> dict[str, tuple[float, str]]:
    """Every figure that leads to a list of cases, by what it is: the figure, and the address."""
    found: dict[str, tuple[float, str]] = {t.label: (t.count, t.url) for t in shown.tiles}
    for sheet in shown.sheets.values():
        for row in sheet.rows:
            for column, cell in zip(sheet.columns, row.cells, strict=True):
                found[f"{sheet.key} {row.words} {column.name}"] = (cell.value or 0, cell.url)
    return {name: one for name, one in found.items() if one[1].startswith("/cases/?")}


def in_list(address: str, company: Cast) -> int:
    """How many cases the list at this address has for Sue, who is shown all that its filter says:
    nothing in the address is refused."""
    wanted, said = read(QueryDict(urlsplit(address).query))
    assert not said, said
    condition, values = where(wanted, by=actor(company.sue))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM cases_case c WHERE {condition}", values)
        return int(cursor.fetchone()[0])
