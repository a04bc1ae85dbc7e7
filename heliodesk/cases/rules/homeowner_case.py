"""Opening a homeowner case, under a contract and nowhere else (H1 to H7)."""

from __future__ import annotations

from heliodesk.cases.models import Case, CaseType, ContractConfirmation
from heliodesk.cases.request import Request
from heliodesk.cases.rules.fitting import (
    require_associated_installer,
    require_contact_of,
    require_contact_of_installer,
)
from heliodesk.cases.rules.opening import (
    OUT_OF_NOTHING,
    Beginning,
    begin,
    checked,
    given,
    matches_of,
    require_continues,
    require_creator,
)
from heliodesk.core.refusal import NeedsConfirmation, Refused
from heliodesk.core.rule import rule
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.people.access import Actor


@rule("B6", "H1", "H3", "H4", "H5", "H7", "X5", "K7")
def open_homeowner_case(
    contract: Contract | None,
    *,
    request: Request,
    contact: Contact | None,
    installer: Account | None,
    installer_contact: Contact | None,
    cancelled_contract_confirmed: bool = False,
    beginning: Beginning = OUT_OF_NOTHING,
    by: Actor,
) -> Case:
    """Open a case under the contract, owned by its creator; gives it with its number.

    Refuses without a contract (H1), for a missing or foreign field (H4), for people outside of
    Support (K7); asks for a deliberate yes on a contract that ends (H3) and for open matching
    cases (B6).
    """
    require_creator(by=by)
    contract = require_contract(contract)
    fields = checked(request, CaseType.HOMEOWNER)
    parties = checked_parties(contract, contact, installer, installer_contact)
    require_continues(beginning, case_type=CaseType.HOMEOWNER, account_id=contract.account_id)
    require_deliberate(contract, confirmed=cancelled_contract_confirmed)
    case = begin(
        beginning,
        matches_of(request, contract=contract, contact=contact, by=by),
        told=confirmed_words(contract),
        by=by,
        **fields,
        **parties,
        **follows(contract),
    )
    keep_confirmation(case, contract, by=by)
    return case


def require_contract(contract: Contract | None) -> Contract:
    """Refuse a homeowner case without a contract (H1)."""
    if contract is None:
        raise Refused(
            "contract_missing",
            "A homeowner case is opened under a contract: open the homeowner account, its "
            "contract, then New Case. A customer who is not in the system has a case at their "
            "Org, as not on record (N5).",
            rule="H1",
            field="contract",
        )
    return contract


def checked_parties(
    contract: Contract,
    contact: Contact | None,
    installer: Account | None,
    installer_contact: Contact | None,
) -> dict[str, Account | Contact | None]:
    """Contact, installer and installer contact; refuses those of other accounts (H4)."""
    contact = given(contact, "contact", "Contact Name", "H4")
    require_contact_of(contract.account, contact, "H4")
    installer = require_associated_installer(
        given(installer, "installer", "Associated Installer", "H4")
    )
    require_contact_of_installer(installer_contact, installer)
    return {"contact": contact, "installer": installer, "installer_contact": installer_contact}


def follows(contract: Contract) -> dict[str, object]:
    """What follows from the contract by itself: homeowner, name and property address (H5, H8)."""
    return {
        "contract": contract,
        "account": contract.account,
        "customer_name": contract.account.name,
        "property_address": contract.address,
    }


def require_deliberate(contract: Contract, *, confirmed: bool) -> None:
    """Ask for a deliberate yes on a Cancelled or Pending Cancellation contract (H3)."""
    if contract.is_ending and not confirmed:
        raise NeedsConfirmation(
            "cancelled_contract",
            f"Contract {contract} is {contract.get_status_display()}. Is a case on it the "
            "intended action? Say yes to go on, or choose another contract.",
            rule="H3",
            field="cancelled_contract_confirmed",
            about={"contract": contract.contract_id, "status": contract.status},
        )


def confirmed_words(contract: Contract) -> dict[str, str]:
    """What the feed says of the yes (H3)."""
    if not contract.is_ending:
        return {}
    return {"confirmed_contract": str(contract), "contract_status": contract.get_status_display()}


def keep_confirmation(case: Case, contract: Contract, *, by: Actor) -> None:
    """The yes stands on the case, with what the contract's status was (H3)."""
    if contract.is_ending:
        ContractConfirmation.objects.create(
            case=case,
            contract=contract,
            contract_status=contract.status,
            at=case.last_modified_at,
            by_id=by.person_id,
        )
