"""The list of contracts (D2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from heliodesk.directory.access import visible_contracts
from heliodesk.directory.models import Contract, ContractStatus
from heliodesk.directory.models.addresses import one_line
from heliodesk.directory.models.contracts import ENDING
from heliodesk.directory.queries.finding_contracts import find_contracts
from heliodesk.people.access import Actor

PAGE = 50  # rows


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract as a list shows it."""

    contract_id: str
    status: str
    is_ending: bool
    homeowner: str
    homeowner_pk: int
    installer: str
    place: str
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the contract IDs by which the pages beside are reached; empty: there is none.

    `more` is true where a search found more than are shown.
    """

    rows: list[ContractRow]
    before: str = ""
    after: str = ""
    more: bool = False


def contracts(
    *, text: str, status: str, org: int, after: str = "", before: str = "", by: Actor
) -> Page:
    """A page of the contracts that `by` may see, by contract ID, or those that `text` finds.

    `status` and `org` (the installer) narrow it. One or two statements.
    """
    seen = visible_contracts(by)
    if status in ContractStatus.values:
        seen = seen.filter(status=status)
    if org:
        seen = seen.filter(installer=org)
    if text:
        rows = read(seen.filter(pk__in=find_contracts(text)).order_by("contract_id")[: PAGE + 1])
        return Page(rows[:PAGE], more=len(rows) > PAGE)
    return by_id(seen, after, before)


def by_id(seen: QuerySet[Contract], after: str, before: str) -> Page:
    """A page in the order of contract IDs."""
    if before:
        seen = seen.filter(contract_id__lt=before).order_by("-contract_id")
    else:
        seen = seen.filter(contract_id__gt=after).order_by("contract_id")
    rows = read(seen[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if before:
        rows.reverse()
    back = more if before else bool(after)
    on = more or bool(before)
    return Page(
        rows,
        before=rows[0].contract_id if rows and back else "",
        after=rows[-1].contract_id if rows and on else "",
    )


def read(contracts: QuerySet[Contract]) -> list[ContractRow]:
    """Rows of these contracts."""
    rows = contracts.values_list(
        "contract_id", "status", "account__name", "account_id", "installer__name",
        "street", "city", "state", "postal_code", "signed_on",
    )  # fmt: skip
    return [
        ContractRow(
            contract_id=row[0],
            status=str(ContractStatus(row[1]).label),
            is_ending=row[1] in ENDING,
            homeowner=row[2],
            homeowner_pk=row[3],
            installer=row[4],
            place=one_line(*row[5:9]),
            signed_on=row[9],
        )
        for row in rows
    ]
