"""What the fields of a case must hold together, when it is opened and when it is edited (H4, N2,
N3, N5)."""

from __future__ import annotations

from heliodesk.cases.models import (
    Case,
    CaseSource,
    CaseType,
    ContractGap,
    RequestSubtype,
    RequestType,
)
from heliodesk.core.refusal import Refused
from heliodesk.directory.models import Account, Contact, Job

#: Choices of set-up data by the names of their fields.
Chosen = dict[str, RequestType | RequestSubtype | CaseSource]

JOB_ID_LENGTH = 40
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
    if "job_id" in changed:
        require_job(case)


def require_filled(case: Case, changed: set[str], rule: str) -> None:
    """Refuse a required field that has been emptied."""
    for name, label in REQUIRED.items():
        if name in changed and not getattr(case, name):
            raise Refused("required", f"Fill in {label}.", rule=rule, field=name)


def require_customer(case: Case, changed: set[str], rule: str) -> None:
    """Refuse a contact of another account, and a customer whom nobody can reach."""
    contact = case.contact
    if contact is not None:
        require_contact_of(case.account, contact, rule)
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
    require_subtype_of(case.request_type, case.request_subtype, rule)
    names = {"request_type", "request_subtype", "source"} & changed
    require_offered({name: getattr(case, name) for name in names}, case.case_type, rule)


def require_installer(case: Case, changed: set[str]) -> None:
    """Refuse an installer that is none, and a contact of another one (H4)."""
    if "installer" in changed:
        require_associated_installer(case.installer)
    require_contact_of_installer(case.installer_contact, case.installer)


def require_contact_of(account: Account, contact: Contact, rule: str) -> None:
    """Refuse a contact of another account (H4, N2)."""
    if contact.account_id != account.pk:
        raise Refused(
            "contact_of_another_account",
            f"{contact.name} is not a contact of {account.name}. Choose one of its contacts.",
            rule=rule,
            field="contact",
        )


def require_job(case: Case) -> None:
    """Refuse an edited job ID that is too long to be one, or another installer's (N4)."""
    if len(case.job_id) > JOB_ID_LENGTH:
        raise Refused(
            "too_long",
            f"The job ID has {len(case.job_id)} characters; at most {JOB_ID_LENGTH} fit.",
            rule="N4",
            field="job_id",
        )
    if case.installer is not None:
        require_job_of(case.installer, case.job_id)


def require_job_of(org: Account, job_id: str) -> None:
    """Refuse a job that the directory knows as another installer's (N4)."""
    if job_id and Job.objects.filter(job_id=job_id).exclude(installer=org).exists():
        raise Refused(
            "job_of_another_org",
            f"Job {job_id} is another installer's. Check the job ID.",
            rule="N4",
            field="job_id",
        )


def require_subtype_of(kind: RequestType, subtype: RequestSubtype, rule: str) -> None:
    """Refuse a subtype of another type (H4)."""
    if subtype.request_type_id != kind.pk:
        raise Refused(
            "subtype_of_another_type",
            f"“{subtype.name}” is not a subtype of “{kind.name}”. Choose one of its subtypes.",
            rule=rule,
            field="request_subtype",
        )


def require_offered(chosen: Chosen, case_type: str, rule: str) -> None:
    """Refuse what is retired, or not for cases of this type (H4)."""
    for field, choice in chosen.items():
        if not choice.is_active or not _is_for(choice, case_type):
            raise Refused(
                "not_offered",
                f"“{choice}” is not offered on {CaseType(case_type).label} cases. Choose another.",
                rule=rule,
                field=field,
            )


def _is_for(choice: RequestType | RequestSubtype | CaseSource, case_type: str) -> bool:
    if not isinstance(choice, RequestType):
        return True
    return choice.for_homeowner if case_type == CaseType.HOMEOWNER else choice.for_installer


def require_associated_installer(installer: Account | None) -> Account:
    """Refuse an Associated Installer that is none (H4)."""
    if installer is None or not installer.is_installer:
        raise Refused(
            "installer_is_no_org",
            f"{installer.name} is not an installer. Choose an Org."
            if installer
            else "Choose the Associated Installer.",
            rule="H4",
            field="installer",
        )
    return installer


def require_contact_of_installer(contact: Contact | None, installer: Account | None) -> None:
    """Refuse an installer contact of another Org (H4)."""
    if contact is not None and (installer is None or contact.account_id != installer.pk):
        raise Refused(
            "installer_contact_of_another_org",
            f"{contact.name} is not a contact of {installer.name if installer else 'any Org'}. "
            "Choose one of its contacts, or none.",
            rule="H4",
            field="installer_contact",
        )
