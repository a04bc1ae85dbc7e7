"""The Account Manager and Sales Manager that an assignment is offered, and where from (A2)."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.cases.models import Case, CaseType
from heliodesk.directory.models import Account
from heliodesk.people.models import User


@dataclass(frozen=True, slots=True)
class ProposedManagers:
    """Who is filled in, None where the Org names nobody (active); `source` says where from."""

    account_manager: User | None
    sales_manager: User | None
    source: str


def proposed_managers(case: Case) -> ProposedManagers:
    """The managers of the homeowner's parent account, or of the installer account (A2)."""
    org = org_of(case)
    if org is None:
        return ProposedManagers(None, None, f"{case.customer_name} has no parent account.")
    account_manager, sales_manager = _active(org.account_manager), _active(org.sales_manager)
    return ProposedManagers(
        account_manager,
        sales_manager,
        _source(case, org, account_manager, sales_manager),
    )


def org_of(case: Case) -> Account | None:
    """The Org that the managers come from, with its managers.

    An installer case stands at its Org, and so does that of a customer not on record (N5).
    """
    org_id = org_id_of(case)
    if org_id is None:
        return None
    return Account.objects.select_related("account_manager", "sales_manager").get(pk=org_id)


def org_id_of(case: Case) -> int | None:
    """The ID of that Org; no statement."""
    return case.account_id if case.account.is_installer else case.account.parent_id


def _active(manager: User | None) -> User | None:
    return manager if manager is not None and manager.is_active else None


def _source(
    case: Case, org: Account, account_manager: User | None, sales_manager: User | None
) -> str:
    if case.case_type == CaseType.INSTALLER or case.account.is_installer:
        line = f"From the installer account, {org.name}."
    else:
        line = f"From the parent account of {case.account.name}, {org.name}."
    if case.installer is not None and case.installer.pk != org.pk:
        line += f" The Associated Installer is another: {case.installer.name}."
    named = {"Account Manager": account_manager, "Sales Manager": sales_manager}
    missing = [label for label, manager in named.items() if manager is None]
    if missing:
        line += f" It names no active {' and no active '.join(missing)}."
    return line
