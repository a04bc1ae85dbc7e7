"""The customer's context beside a form: who they are, their contracts, what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from heliodesk.cases.models import Channel, Interaction
from heliodesk.directory.access import get_contract, visible_contracts
from heliodesk.directory.models import Account, Contract, ContractStatus
from heliodesk.people.access import Actor

LAST_SPOKEN = 4

#: The contract offered first is the one that the issue most likely belongs to (H2).
ORDER = (
    ContractStatus.ACTIVE,
    ContractStatus.PENDING,
    ContractStatus.COMPLETED,
    ContractStatus.PENDING_CANCELLATION,
    ContractStatus.CANCELLED,
)


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


def offered_first(contracts: Sequence[Contract]) -> list[Contract]:
    """The contracts in the order in which they are offered: the active one first, then the
    newest (H2)."""
    by_age = sorted(contracts, key=lambda one: (one.signed_on or date.min, one.pk), reverse=True)
    return sorted(by_age, key=lambda one: ORDER.index(ContractStatus(one.status)))


def with_siblings(contract_id: str, *, by: Actor) -> tuple[Contract, list[Contract]]:
    """The contract and all contracts of its homeowner in the order of H2, in one statement.

    Refuses with `NotFound` where there is none to see (K6).
    """
    rows = (
        visible_contracts(by)
        .filter(account__contracts__contract_id=contract_id)
        .select_related("account__parent", "installer")
    )
    contracts = offered_first(list(rows))
    this = next((one for one in contracts if one.contract_id == contract_id), None)
    if this is None:
        this = get_contract(contract_id, by=by)
        contracts = [this]
    return this, contracts


def contracts_of(account: Account, *, by: Actor) -> list[Contract]:
    """The homeowner's contracts, the one offered first in front (H2)."""
    return offered_first(list(visible_contracts(by).filter(account=account)))


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
