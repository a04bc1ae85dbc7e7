"""Changing the contract of a case, by which its homeowner changes (H8, D3)."""

from __future__ import annotations

from typing import Any

from heliodesk.cases import access
from heliodesk.cases.models import Case, CaseType, ContractGap
from heliodesk.cases.rules.homeowner_case import (
    checked_parties,
    follows,
    keep_confirmation,
    require_deliberate,
)
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

CHANGES = (
    "contract", "contract_gap", "account", "customer_name", "property_address",
    "contact", "installer", "installer_contact",
)  # fmt: skip


@rule("D3", "H3", "H8", "K2", "K7", "N5")
def change_contract(
    case: Case,
    contract: Contract | None,
    *,
    contact: Contact | None,
    installer: Account | None,
    installer_contact: Contact | None,
    cancelled_contract_confirmed: bool = False,
    seen: str | None = None,
    by: Actor,
) -> Case:
    """Put a homeowner case under another contract; gives the case as it is then.

    Homeowner and property address follow by themselves; contact and installer are chosen anew.
    It also completes a case that had no contract (N5, history), and takes that mark away.
    `seen` is the contract ID which the form showed ("" for none): where the case has another by
    now, the change is refused (K2). Refuses for anybody but the owner or a supervisor, on a
    closed case and on an installer case; asks for a deliberate yes as H3 does.
    """
    case = access.lock(case)
    access.require_edit(case, by=by, to="change its contract")
    access.require_open(case, to="change its contract")
    require_homeowner_case(case)
    contract = require_another(case, contract, seen)
    parties = checked_parties(contract, contact, installer, installer_contact)
    require_deliberate(contract, confirmed=cancelled_contract_confirmed)
    before = told(case)
    for name, value in {**parties, **follows(contract)}.items():
        setattr(case, name, value)
    case.contract_gap = ContractGap.NONE
    record(
        case,
        kinds.CONTRACT,
        changed=CHANGES,
        by=by,
        **told_change(before, told(case)),
    )
    keep_confirmation(case, contract, by=by)
    return case


def require_homeowner_case(case: Case) -> None:
    """Refuse on an installer case, which has no contract."""
    if case.case_type != CaseType.HOMEOWNER:
        raise Refused(
            "installer_case_has_no_contract",
            "An installer case has no contract. Open a homeowner case under the contract.",
            rule="H8",
        )


def require_another(case: Case, contract: Contract | None, seen: str | None) -> Contract:
    """The new contract; refuses none, the one the case has, and a form that is stale (K2)."""
    current = contract_words(case)
    if seen is not None and seen != (case.contract.contract_id if case.contract else ""):
        raise Refused(
            "stale",
            f"Meanwhile somebody changed the contract of this case to {current}. Look at it "
            "again before you change it.",
            rule="K2",
            field="contract",
            about={"contract": current},
        )
    if contract is None:
        raise Refused(
            "contract_missing",
            "Search for the right contract ID and choose the contract.",
            rule="H8",
            field="contract",
        )
    if contract.pk == case.contract_id:
        raise Refused(
            "contract_already",
            f"The case is under contract {contract} already. Choose another one, or edit its "
            "fields.",
            rule="H8",
            field="contract",
        )
    return contract


def contract_words(case: Case) -> str:
    """The contract ID, or why there is none."""
    return str(case.contract) if case.contract else ContractGap(case.contract_gap).label.lower()


def told(case: Case) -> dict[str, str]:
    """What the history says of the case before and after: both values (H8)."""
    return {
        "Contract": contract_words(case),
        "Homeowner": case.customer_name,
        "Property address": case.property_address,
        "Contact Name": case.contact.name if case.contact else "",
        "Associated Installer": case.installer.name if case.installer else "",
        "Installer Contact Name": case.installer_contact.name if case.installer_contact else "",
    }


def told_change(old: dict[str, str], new: dict[str, str]) -> dict[str, Any]:
    """Old and new contract, and every field that changed with it as [old, new]."""
    return {
        "old": old["Contract"],
        "new": new["Contract"],
        "fields": {
            label: [old[label], new[label]] for label in list(old)[1:] if old[label] != new[label]
        },
    }
