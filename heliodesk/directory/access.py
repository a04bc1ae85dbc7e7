"""Which records of the directory one may see (K6), and who keeps them (D1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from heliodesk.cases.access import visible_cases
from heliodesk.core.refusal import NotFound, NotPermitted
from heliodesk.core.rows import find
from heliodesk.directory.models import Account, Contact, Contract, Job
from heliodesk.people.access import Actor

Row = TypeVar("Row", bound=Model)


def visible_accounts(by: Actor) -> QuerySet[Account]:
    """Support sees all; a department member the homeowners and Orgs of the cases they may see."""
    if by.is_support:
        return Account.objects.all()
    cases = visible_cases(by)
    return Account.objects.filter(
        Q(pk__in=cases.values("account_id"))
        | Q(pk__in=cases.filter(installer__isnull=False).values("installer_id"))
    )


def visible_contacts(by: Actor) -> QuerySet[Contact]:
    """Support sees all; a department member those whom the cases they may see speak of."""
    if by.is_support:
        return Contact.objects.all()
    cases = visible_cases(by)
    return Contact.objects.filter(
        Q(pk__in=cases.filter(contact__isnull=False).values("contact_id"))
        | Q(pk__in=cases.filter(installer_contact__isnull=False).values("installer_contact_id"))
    )


def visible_contracts(by: Actor) -> QuerySet[Contract]:
    """Support sees all; a department member those of the cases they may see."""
    if by.is_support:
        return Contract.objects.all()
    cases = visible_cases(by).filter(contract__isnull=False)
    return Contract.objects.filter(pk__in=cases.values("contract_id"))


def get_account(
    pk: int, *, by: Actor, reading: Callable[[QuerySet[Account]], QuerySet[Account]] | None = None
) -> Account:
    """The account with its Org and managers; `NotFound` where there is none to see (K6).

    `reading` adds what else is to be read along.
    """
    related = ("parent", "account_manager", "sales_manager")
    rows = visible_accounts(by).select_related(*related).filter(pk=pk)
    found = (reading(rows) if reading else rows).first()
    return _given(found, "account")


def get_contact(pk: int, *, by: Actor) -> Contact:
    """The contact with its account; `NotFound` where there is none to see (K6)."""
    found = visible_contacts(by).select_related("account__parent").filter(pk=pk).first()
    return _given(found, "contact")


def get_contract(contract_id: str, *, by: Actor) -> Contract:
    """The contract by its contract ID, in whatever case it is typed, with homeowner and
    installer; `NotFound` where there is none to see (K6)."""
    if by.is_support:
        along = ("account", "account__parent", "installer")
        exact = find(Contract, "t.contract_id = %s", [contract_id], related=along)
        if exact is not None:
            return exact
    contracts = visible_contracts(by).select_related("account__parent", "installer")
    return _given(contracts.filter(contract_id__iexact=contract_id).first(), "contract")


def get_job(pk: int, *, by: Actor) -> Job:
    """The job with its contract and Org; jobs are Support's, `NotFound` for others (K6)."""
    rows = Job.objects.select_related("contract", "installer").filter(pk=pk)
    found = rows.first() if by.is_support else None
    return _given(found, "job")


def require_keeper(*, by: Actor, to: str) -> None:
    """Refuse unless `by` creates and edits the directory; `to` is such as `edit an account`."""
    if not by.keeps_directory:
        raise NotPermitted(
            "keeps_no_directory",
            f"Back-office agents and administrators {to}. Ask one of them.",
            rule="D1",
        )


def require_contact_adder(*, by: Actor) -> None:
    """Refuse unless `by` is in Support: frontline agents add contacts too."""
    if not by.is_support:
        raise NotPermitted(
            "adds_no_contact", "Only Support adds contacts. Ask in the case's feed.", rule="D1"
        )


def _given(found: Row | None, what: str) -> Row:
    if found is None:
        raise NotFound(
            f"{what}_not_found",
            f"There is no such {what}, or it is not one you may see.",
            rule="K6",
        )
    return found
