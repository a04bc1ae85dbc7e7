"""The customer's context: contracts in the order they are offered, what was said last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from heliodesk.cases.models import Channel, Interaction
from heliodesk.cases.queries.choices import FIRST_OFFERED
from heliodesk.directory.access import visible_contracts
from heliodesk.directory.models import Account, Contract
from heliodesk.people.access import Actor

LAST_SPOKEN = 4


@dataclass(frozen=True, slots=True)
class Spoken:
    """An interaction in the customer's context."""

    pk: int
    at: datetime
    channel: str
    spoke_with: str
    about: str
    resolved: bool
    case: str


def contracts_of(account: Account, *, by: Actor) -> list[Contract]:
    """The homeowner's contracts in the order in which they are offered: the active one first; of
    two alike the newer one (H2)."""
    found = list(visible_contracts(by).filter(account=account))
    found.sort(key=lambda one: (one.signed_on or date.min, one.pk), reverse=True)
    return sorted(found, key=lambda one: FIRST_OFFERED.index(one.status))


def last_spoken(account_id: int) -> list[Spoken]:
    """What was said last with the customer (B2)."""
    rows = (
        Interaction.objects.filter(account=account_id)
        .order_by("-at", "-pk")
        .values("pk", "at", "channel", "spoke_with", "about", "resolved", number=F("case__number"))
    )
    return [
        Spoken(
            pk=row["pk"],
            at=row["at"],
            channel=Channel(row["channel"]).label,
            spoke_with=row["spoke_with"],
            about=row["about"],
            resolved=row["resolved"],
            case=f"{row['number']:08d}" if row["number"] else "",
        )
        for row in rows[:LAST_SPOKEN]
    ]
