"""Finding anything from one field: cases, contracts, accounts, jobs; what is exact first (V4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Q, Value, When
from django.db.models.expressions import RawSQL
from django.urls import reverse

from heliodesk.cases.access import visible_cases
from heliodesk.cases.models import ContractGap, Status
from heliodesk.cases.queries.tones import TONES
from heliodesk.core.numbers import whole
from heliodesk.directory.access import visible_accounts, visible_contracts
from heliodesk.directory.models import ContractStatus, Job
from heliodesk.directory.queries.account_list import AccountRow
from heliodesk.directory.queries.account_list import found as found_accounts
from heliodesk.directory.queries.finding import contracts_fitting
from heliodesk.people.access import Actor

NEAREST = 12  # accounts whose cases are shown
SHOWN = 25  # of a kind, on the page
LONGEST = 100  # characters


@dataclass(frozen=True, slots=True)
class FoundCase:
    """A case as search shows it."""

    number: str
    customer: str
    subtype: str
    owner: str
    status: str
    status_key: str
    created_at: datetime

    @property
    def url(self) -> str:
        """The address of the case."""
        return f"/cases/{self.number}/"


@dataclass(frozen=True, slots=True)
class FoundContract:
    """A contract as search shows it."""

    contract_id: str
    homeowner: str
    address: str
    status: str

    @property
    def url(self) -> str:
        """The address of the contract."""
        return reverse("contract", args=[self.contract_id])


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, by kind, the best first; `more` where there is more of something."""

    cases: list[FoundCase] = field(default_factory=list)
    contracts: list[FoundContract] = field(default_factory=list)
    accounts: list[AccountRow] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    more: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.cases or self.contracts or self.accounts or self.jobs)


def search(text: str, *, most: int = SHOWN, by: Actor) -> Results:
    """All that `text` may mean and `by` may see (K6), at most `most` of a kind.

    Cases by their number and by whose they are; contracts by ID, name and address; accounts by
    these, phone and email; jobs by ID. Four or five SQL statements; four more where a name is
    found only by its sound.
    """
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    if not text:
        return Results()
    accounts = found_accounts(visible_accounts(by), text, by=by).rows
    cases = find_cases(text, [row.pk for row in accounts[:NEAREST]], most + 1, by=by)
    contracts = find_contracts(text, most + 1, by=by)
    return Results(
        cases[:most],
        contracts[:most],
        accounts[:most],
        find_jobs(text, most, by=by),
        more=max(len(cases), len(contracts), len(accounts)) > most,
    )


def find_cases(text: str, accounts: Sequence[int], most: int, *, by: Actor) -> list[FoundCase]:
    """The case with this number, then cases of these accounts and of customers not on record who
    are called so: open ones first, then the newest."""
    unknown = Q(contract_gap=ContractGap.NOT_ON_RECORD)
    exact = Q(number=whole(text.lstrip("#")) or 0)
    called = unknown & Q(customer_name__icontains=text)
    theirs = ~unknown & Q(account__in=accounts)
    place = Choice(
        When(exact, then=Value(0)), When(status=Status.CLOSED, then=Value(2)), default=Value(1)
    )
    columns = (
        "number", "customer_name", "request_subtype__name", "owner_agent__name",
        "owner_queue__name", "status", "created_at",
    )  # fmt: skip
    found = visible_cases(by).filter(exact | called | theirs)
    rows: Any = found.order_by(place, "-created_at", "-id").values_list(*columns)[:most]
    return [
        FoundCase(
            f"{number:08d}", customer, subtype, agent or queue, Status(status).label,
            TONES[Status(status)], at,
        )
        for number, customer, subtype, agent, queue, status, at in rows
    ]  # fmt: skip


def find_contracts(text: str, most: int, *, by: Actor) -> list[FoundContract]:
    """Contracts by the beginning of their ID, by the homeowner's name and by the address; the one
    with exactly this ID first."""
    ids = RawSQL(*contracts_fitting(text))  # noqa: S611 - the text is a parameter
    exact = Choice(When(contract_id__iexact=text, then=Value(0)), default=Value(1))
    found = visible_contracts(by).filter(pk__in=ids).select_related("account")
    return [
        FoundContract(
            one.contract_id, one.account.name, one.address, ContractStatus(one.status).label
        )
        for one in found.order_by(exact, "status", "contract_id")[:most]
    ]


def find_jobs(text: str, most: int, *, by: Actor) -> list[Job]:
    """The job with this ID, which has a digit in it; for Support."""
    if not by.is_support or not any(char.isdigit() for char in text):
        return []
    jobs = Job.objects.filter(job_id__iexact=text).select_related("installer", "contract")
    return list(jobs[:most])
