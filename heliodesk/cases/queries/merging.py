"""With which cases one may be merged, and what would move (X7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heliodesk.cases import access
from heliodesk.cases.models import Case, Priority, Status
from heliodesk.cases.queries.tones import TONES
from heliodesk.cases.rules.merged_things import going_along, related_cases
from heliodesk.people.access import Actor

SHOWN = 50

WORDS = {
    "items": ("entry of the feed", "entries of the feed"),
    "files": ("file", "files"),
    "assignments": ("case assignment", "case assignments"),
    "interactions": ("interaction", "interactions"),
    "related": ("link to a related case", "links to related cases"),
    "jira_links": ("link to a Jira ticket", "links to Jira tickets"),
    "links": ("link to a later case", "links to later cases"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An open case of the same customer that one may be merged with."""

    id: int
    number: str
    title: str
    contract: str
    owner: str
    status: str
    status_key: str
    high: bool
    created_at: datetime
    alike: bool
    allowed: bool


def candidates(case: Case, *, by: Actor) -> list[Candidate]:
    """The other open cases of the case's account and type, those of the same subtype first, then
    the newest; at most 50. `allowed` is false where neither case is the actor's. One statement."""
    same = access.visible_cases(by).filter(account_id=case.account_id, case_type=case.case_type)
    rows = same.exclude(status=Status.CLOSED).exclude(pk=case.pk).order_by("-created_at", "-id")
    columns = (
        "id", "number", "request_type__name", "request_subtype__name", "request_subtype_id",
        "contract__contract_id", "owner_agent_id", "owner_agent__name", "owner_queue__name",
        "status", "priority", "created_at",
    )  # fmt: skip
    found = [_candidate(row, case, by) for row in rows.values(*columns)[:SHOWN]]
    return sorted(found, key=lambda one: not one.alike)


def _candidate(row: dict[str, Any], case: Case, by: Actor) -> Candidate:
    status = Status(row["status"])
    return Candidate(
        id=row["id"],
        number=f"{row['number']:08d}",
        title=f"{row['request_type__name']}: {row['request_subtype__name']}",
        contract=row["contract__contract_id"] or "",
        owner=row["owner_agent__name"] or row["owner_queue__name"],
        status=status.label,
        status_key=TONES[status],
        high=row["priority"] == Priority.HIGH,
        created_at=row["created_at"],
        alike=row["request_subtype_id"] == case.request_subtype_id,
        allowed=access.may_merge(case, Case(owner_agent_id=row["owner_agent_id"]), by),
    )


def what_moves(case: Case, into: Case) -> list[str]:
    """What of `case` would go to `into`, such as `3 files`. One statement a kind of thing."""
    counts = {name: things.count() for name, things in going_along(case, but=into).items()}
    counts["related"] = related_cases(case).count()
    return [
        f"{count} {WORDS[name][0 if count == 1 else 1]}" for name, count in counts.items() if count
    ]
