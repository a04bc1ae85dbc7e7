"""What the directory refuses with, said once: rules raise these, an import lists them (D1, K5)."""

from __future__ import annotations

from heliodesk.core.refusal import Refused


def refused(code: str, message: str, field: str | None = None, rule: str = "D1") -> Refused:
    """A refusal of the directory's own procedure unless `rule` names another."""
    return Refused(code, message, rule=rule, field=field)


def account_kind_unknown() -> Refused:
    """Neither an Org nor a homeowner."""
    return refused("account_kind_unknown", "Say whether it is an installer or a homeowner.", "kind")


def account_kind_stays() -> Refused:
    """An account does not become another kind."""
    return refused(
        "account_kind_stays",
        "An installer account never becomes a homeowner account, nor the other way round. "
        "Create another account.",
        "kind",
    )


def parent_unknown() -> Refused:
    """The parent account is not there."""
    return refused(
        "parent_unknown", "The parent account is not in the directory. Create it first.", "parent"
    )


def parent_ambiguous() -> Refused:
    """Several Orgs have the name given for the parent."""
    return refused(
        "parent_ambiguous",
        "Several Orgs have that name. Give the parent account's ID instead.",
        "parent",
    )


def parent_not_installer() -> Refused:
    """A homeowner was given as parent."""
    return refused(
        "parent_not_installer",
        "The parent account has to be an installer (Org). Choose the homeowner's Org.",
        "parent",
    )


def installer_has_no_parent() -> Refused:
    """An Org has no parent."""
    return refused(
        "installer_has_no_parent",
        "An installer account has no parent account. Leave it empty.",
        "parent",
    )


def managers_of_installer() -> Refused:
    """Managers stand on the Org."""
    return refused(
        "managers_of_installer",
        "Account Manager and Sales Manager belong to an Org. Set them on the homeowner's Org.",
        "account_manager",
    )


def account_unknown() -> Refused:
    """The account of a contact or contract is not there."""
    return refused(
        "account_unknown", "The account is not in the directory. Create it first.", "account"
    )


def contact_moves_with_cases() -> Refused:
    """A contact with cases stays at its account."""
    return refused(
        "contact_has_cases",
        "The contact has cases, so it stays with its account. Add a contact to the other account.",
        "account",
    )


def contract_account_not_homeowner() -> Refused:
    """A contract under an Org."""
    return refused(
        "contract_account_not_homeowner",
        "A contract belongs to a homeowner account. Choose the homeowner, not the Org.",
        "account",
    )


def contract_moves_with_cases() -> Refused:
    """A contract with cases stays with its homeowner (H8)."""
    return refused(
        "contract_has_cases",
        "The contract has cases, so it stays with its homeowner account. "
        "Change the contract of those cases first.",
        "account",
        "H8",
    )


def contract_id_taken() -> Refused:
    """Another contract has this ID."""
    return refused(
        "contract_id_taken", "Another contract has this contract ID. Look it up.", "contract_id"
    )


def contract_status_unknown() -> Refused:
    """Not one of the five statuses."""
    return refused(
        "contract_status_unknown",
        "Choose a contract status: Active, Pending, Pending Cancellation, Cancelled or Completed.",
        "status",
    )


def installer_missing() -> Refused:
    """No installer, and no Org above the homeowner to take it from."""
    return refused(
        "installer_missing",
        "Give the contract its installer, or the homeowner account its Org.",
        "installer",
    )


def installer_unknown() -> Refused:
    """The installer is not there."""
    return refused(
        "installer_unknown",
        "The installer is not in the directory. Create its account first.",
        "installer",
    )


def installer_ambiguous() -> Refused:
    """Several Orgs have the name given for the installer."""
    return refused(
        "installer_ambiguous",
        "Several Orgs have that name. Give the installer's account ID instead.",
        "installer",
    )


def installer_not_org() -> Refused:
    """A homeowner was given as installer."""
    return refused(
        "installer_not_org",
        "The installer of a contract has to be an installer account (Org).",
        "installer",
    )


def address_missing() -> Refused:
    """A contract without the street of its property."""
    return refused(
        "address_missing", "Give the street of the property: cases are found by it.", "street"
    )


def external_id_taken() -> Refused:
    """Another record is kept current under this ID."""
    return refused("external_id_taken", "Another record has this external ID.", "external_id")


def job_id_taken() -> Refused:
    """Another job has this ID."""
    return refused("job_id_taken", "Another job has this job ID. Look it up.", "job_id")


def job_contract_of_other() -> Refused:
    """The contract has another installer than the job."""
    return refused(
        "job_contract_of_other",
        "That contract has another installer than the job. Choose one of this installer's.",
        "contract",
    )
