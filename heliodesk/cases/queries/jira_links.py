"""The Jira tickets of a case, as its page shows them (J1, J2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from heliodesk.cases.models import RemoteLink
from heliodesk.core import clock

#: Read along with the case itself, by `case_record_sql`.
LINKS = """(SELECT coalesce(json_agg(json_build_object(
    'id', j.id, 'url', j.url, 'key', j.key, 'title', j.title, 'status', j.status,
    'is_done', j.is_done, 'told', j.told, 'told_at', j.told_at, 'told_problem', j.told_problem,
    'refreshed_at', j.refreshed_at, 'refresh_problem', j.refresh_problem) ORDER BY j.id), '[]')
    FROM cases_jiralink j WHERE j.case_id = c.id AND j.removed_at IS NULL)"""
OLD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """One link: the ticket as Jira told it last, and what Jira knows of the case."""

    id: int
    url: str
    key: str
    title: str
    status: str
    is_done: bool
    told: str
    told_at: datetime | None
    told_problem: str
    refreshed_at: datetime | None
    refresh_problem: str

    @property
    def name(self) -> str:
        """How people call it."""
        return self.key or self.url

    @property
    def tone(self) -> str:
        """The look of its status."""
        return "success" if self.is_done else "new"

    @property
    def is_told(self) -> bool:
        """Whether its Jira is the one that is set up, or was."""
        return self.told != RemoteLink.NONE

    @property
    def state(self) -> str:
        """What Jira knows of the case, in words; the time stands in `told_at`."""
        if self.told == RemoteLink.MADE:
            return "Jira links back to the case, since"
        if self.told == RemoteLink.REFUSED:
            return f"Jira refused the link back: {self.told_problem}"
        if self.told == RemoteLink.WAITING and self.told_problem:
            return f"The link back waits, and is tried again by itself: {self.told_problem}"
        if self.told == RemoteLink.WAITING:
            return "Jira gets its link back to the case in a moment"
        return "A plain URL: no Jira is told of the case"

    @property
    def is_old(self) -> bool:
        """True where the ticket should be read anew."""
        read_lately = self.refreshed_at is not None and self.refreshed_at > clock.now() - OLD
        return self.is_told and not read_lately


def linked_tickets(rows: list[dict[str, Any]]) -> list[LinkedTicket]:
    """The links as `LINKS` reads them."""
    return [
        LinkedTicket(**row | {name: _moment(row[name]) for name in ("told_at", "refreshed_at")})
        for row in rows
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a description; one that is the URL of a linked ticket comes with it."""

    text: str
    ticket: LinkedTicket | None = None


def described(description: str, tickets: list[LinkedTicket]) -> list[Line]:
    """The description, line by line (J1)."""
    if not tickets:
        return [Line(description)]
    by_url = {ticket.url: ticket for ticket in tickets}
    lines: list[Line] = []
    for text in description.split("\n"):
        ticket = by_url.get(text.strip())
        if ticket is None and lines and lines[-1].ticket is None:
            lines[-1] = Line(f"{lines[-1].text}\n{text}")
        else:
            lines.append(Line(text, ticket))
    return lines
