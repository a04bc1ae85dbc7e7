"""What the fields of a case must hold together (H4, N2, N3, N5)."""

from __future__ import annotations

from heliodesk.cases.models import Case, CaseType, ContractGap
from heliodesk.core.refusal import Refused

REQUIRED = {
    "description": "Case Description",
    "customer_name": "the homeowner's name",
    "request_type": "Customer Request Type",
    "request_subtype": "Customer Request Subtype",
    "source": "Case Source",
    "priority": "priority",
}


def require_fit(case: Case, changed: set[str]) -> None:
    """Refuse what the fields must not be. What is retired may stay, but is not chosen anew."""
    rule = "H4" if case.case_type == CaseType.HOMEOWNER else "N3"
    require_filled(case, changed, rule)
    require_customer(case, changed, rule)
    require_request(case, changed, rule)
    require_installer(case, changed)


def require_filled(case: Case, changed: set[str], rule: str) -> None:
    """Refuse a required field that has been emptied."""
    for name, label in REQUIRED.items():
        if name in changed and not getattr(case, name):
            raise Refused("required", f"Fill in {label}.", rule=rule, field=name)


def require_customer(case: Case, changed: set[str], rule: str) -> None:
    """Refuse a contact of another account, and a customer whom nobody can reach."""
    contact = case.contact
    if contact is not None and contact.account_id != case.account_id:
        raise Refused(
            "contact_of_another_account",
            f"{contact.name} is not a contact of {case.account}. Choose one of its contacts.",
            rule=rule,
            field="contact",
        )
    if "contact" in changed and contact is None and not case.sales_rep_email:
        raise Refused("required", "Choose the Contact Name.", rule=rule, field="contact")
    if case.contract_gap == ContractGap.NOT_ON_RECORD and not (
        case.customer_phone or case.customer_email
    ):
        raise Refused(
            "cannot_be_reached",
            "Give a phone number or an email address of the homeowner.",
            rule="N5",
            field="customer_phone",
        )
    for name in ("sales_rep_name", "sales_rep_email"):
        if name in changed and contact is None and not getattr(case, name):
            raise Refused("required", "Give the sales rep's name and email.", rule="N2", field=name)


def require_request(case: Case, changed: set[str], rule: str) -> None:
    """Refuse a subtype of another type, and choices that are no longer offered."""
    if case.request_subtype.request_type_id != case.request_type_id:
        raise Refused(
            "subtype_of_another_type",
            f"“{case.request_subtype}” is not a subtype of “{case.request_type}”. "
            "Choose one of its subtypes.",
            rule=rule,
            field="request_subtype",
        )
    kind, homeowner = case.request_type, case.case_type == CaseType.HOMEOWNER
    offered = {
        "request_type": kind.is_active
        and (kind.for_homeowner if homeowner else kind.for_installer),
        "request_subtype": case.request_subtype.is_active,
        "source": case.source.is_active,
    }
    for name, is_offered in offered.items():
        if name in changed and not is_offered:
            raise Refused(
                "not_offered",
                f"“{getattr(case, name)}” is no longer offered. Choose another.",
                rule=rule,
                field=name,
            )


def require_installer(case: Case, changed: set[str]) -> None:
    """Refuse an installer that is none, and a contact of another one (H4)."""
    installer, contact = case.installer, case.installer_contact
    if "installer" in changed and (installer is None or not installer.is_installer):
        raise Refused(
            "not_an_installer",
            "Choose the Associated Installer: an installer account.",
            rule="H4",
            field="installer",
        )
    if contact is not None and (installer is None or contact.account_id != installer.pk):
        raise Refused(
            "contact_of_another_installer",
            f"{contact.name} is not of {installer}. Choose one of its contacts, or none.",
            rule="H4",
            field="installer_contact",
        )
