"""The list of accounts: as it stands, or what a search finds (D2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from heliodesk.directory.access import visible_accounts, visible_contracts
from heliodesk.directory.models import Account, AccountKind, ContractStatus
from heliodesk.directory.models.addresses import one_line
from heliodesk.directory.queries.finding import MOST, find
from heliodesk.people.access import Actor

PAGE = 50  # rows


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as a list shows it; texts are empty where there is nothing."""

    pk: int
    name: str
    is_installer: bool
    org: str
    phone: str
    place: str
    contracts: list[tuple[str, str]]
    found_by: str

    @property
    def kind(self) -> str:
        """What kind of account it is, in a word."""
        return "Org" if self.is_installer else "Homeowner"


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of the list, the keys of the pages beside it (0: there is none), and whether a search
    found more than are shown."""

    rows: list[AccountRow]
    before: int = 0
    after: int = 0
    more: bool = False


def accounts(*, text: str, kind: str, org: int, after: int = 0, before: int = 0, by: Actor) -> Page:
    """A page of the accounts that `by` may see, by name, or those that `text` finds.

    `kind` and `org` (the parent account) narrow it. Two or three statements.
    """
    seen = narrowed(visible_accounts(by), kind, org)
    if text:
        return found(seen, text, by=by)
    ordered = seen.order_by("-name", "-id") if before else seen.order_by("name", "id")
    edge = Account.objects.filter(pk=before or after).values_list("name", "pk").first()
    if edge is not None:
        beyond = "lt" if before else "gt"
        same = Q(name=edge[0], **{f"id__{beyond}": edge[1]})
        ordered = ordered.filter(same | Q(**{f"name__{beyond}": edge[0]}))
    rows = read(ordered[: PAGE + 1], by=by)
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if before:
        rows.reverse()
    back = more if before else edge is not None
    on = more or bool(before)
    return Page(
        rows,
        before=rows[0].pk if rows and back else 0,
        after=rows[-1].pk if rows and on else 0,
    )


def narrowed(seen: QuerySet[Account], kind: str, org: int) -> QuerySet[Account]:
    """Those of the kind, and those under the Org."""
    if kind in AccountKind.values:
        seen = seen.filter(kind=kind)
    return seen.filter(parent=org) if org else seen


def found(seen: QuerySet[Account], text: str, *, by: Actor) -> Page:
    """What the search finds, best first; how somebody was found is told to Support alone (K6)."""
    hits = find(text, by=by)
    ways = {hit.account_id: hit.by if by.is_support else "" for hit in hits}
    rows = {row.pk: row for row in read(seen.filter(pk__in=list(ways)), ways, by=by)}
    ordered = [rows[hit.account_id] for hit in hits if hit.account_id in rows]
    return Page(ordered[:MOST], more=len(ordered) > MOST)


def read(
    accounts: QuerySet[Account], found_by: dict[int, str] | None = None, *, by: Actor
) -> list[AccountRow]:
    """Rows of these accounts, each with the first three of its contracts that `by` may see."""
    contracts = visible_contracts(by).filter(account=OuterRef("pk")).order_by("status", "-id")
    three = contracts.values(one=JSONObject(id="contract_id", status="status"))[:3]
    columns = (
        "pk", "name", "kind", "org", "phone", "street", "city", "state", "postal_code", "three",
    )  # fmt: skip
    rows = accounts.annotate(org=F("parent__name"), three=ArraySubquery(three)).values(*columns)
    return [as_row(row, (found_by or {}).get(row["pk"], "")) for row in rows]


def as_row(row: Any, found_by: str) -> AccountRow:
    """One row from what `read` selected."""
    return AccountRow(
        pk=row["pk"],
        name=row["name"],
        is_installer=row["kind"] == AccountKind.INSTALLER,
        org=row["org"] or "",
        phone=row["phone"],
        place=one_line(row["street"], row["city"], row["state"], row["postal_code"]),
        contracts=with_labels(row["three"]),
        found_by=found_by,
    )


def with_labels(contracts: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    """Contract IDs with their status in words."""
    return [(one["id"], str(ContractStatus(one["status"]).label)) for one in contracts]
