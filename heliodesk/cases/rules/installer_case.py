"""Opening an installer case, under the Org or one of its contacts (N1 to N4, N6)."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from heliodesk.cases.models import Case, CaseType
from heliodesk.cases.request import Request
from heliodesk.cases.rules.engine_comment import leave_comment
from heliodesk.cases.rules.fitting import require_contact_of, require_job_of
from heliodesk.cases.rules.opening import (
    OUT_OF_NOTHING,
    Beginning,
    begin,
    checked,
    fitting,
    matches_of,
    require_continues,
    require_creator,
)
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.directory.models import Account, Contact, ContactRole
from heliodesk.directory.rules.contacts import add_contact
from heliodesk.people.access import Actor


@dataclass(frozen=True, slots=True)
class SalesRep:
    """A sales rep known by name and email address only (N2)."""

    name: str = ""
    email: str = ""

    @classmethod
    def of(cls, name: str, email: str) -> SalesRep:
        """The rep as typed, without blanks around either."""
        return cls(trimmed(name), trimmed(email))

    @property
    def line(self) -> str:
        """How the rep stands in the case description."""
        return f"Sales rep: {self.name} <{self.email}>"


@rule("B6", "E1", "N1", "N2", "N3", "N4", "N6", "H7", "X5", "K7")
def open_installer_case(
    org: Account | None,
    *,
    request: Request,
    contact: Contact | None = None,
    sales_rep_name: str = "",
    sales_rep_email: str = "",
    add_sales_rep: bool = False,
    job_id: str = "",
    beginning: Beginning = OUT_OF_NOTHING,
    by: Actor,
) -> Case:
    """Open a case at the Org, owned by its creator; gives it with its number.

    Either `contact` or the sales rep's name and email are needed (N2); the rep's stand in the
    description, and `add_sales_rep` makes a contact of them, under whom the case then stands.
    Refuses an account that is no Org (N1), a missing or foreign field (N2, N3), people outside
    of Support (K7); asks for open matching cases (B6).
    """
    require_creator(by=by)
    org = require_org_account(org)
    fields = checked(request, CaseType.INSTALLER)
    rep = require_somebody(org, contact, SalesRep.of(sales_rep_name, sales_rep_email))
    if rep.name:
        fields["description"] += f"\n\n{rep.line}"
    job_id = checked_job(job_id, org)
    require_continues(beginning, case_type=CaseType.INSTALLER, account_id=org.pk)
    case = begin(
        beginning,
        matches_of(request, org=org, contact=contact, by=by),
        told={"job": job_id} if job_id else {},
        by=by,
        account=org,
        installer=org,
        customer_name=org.name,
        contact=record_rep(org, rep, by=by) if add_sales_rep and rep.name else contact,
        sales_rep_name=rep.name,
        sales_rep_email=rep.email,
        job_id=job_id,
        **fields,
    )
    leave_comment(case)
    return case


def require_org_account(org: Account | None) -> Account:
    """Refuse an installer case anywhere but at an Org (N1)."""
    if org is None or not org.is_installer:
        raise Refused(
            "account_is_no_org",
            "An installer case is opened at an installer account or one of its contacts. For a "
            "homeowner, open the contract, then New Case (H1).",
            rule="N1",
            field="account",
        )
    return org


def require_somebody(org: Account, contact: Contact | None, rep: SalesRep) -> SalesRep:
    """Refuse without a contact of the Org, or else a sales rep with name and email (N2)."""
    if contact is not None:
        require_contact_of(org, contact, "N2")
        if rep.name or rep.email:
            raise _refused(
                "contact_or_sales_rep",
                "Choose the contact, or give a sales rep without a contact record; not both.",
                "sales_rep_name",
            )
        return SalesRep()
    if not rep.name and not rep.email:
        raise _refused(
            "contact_missing",
            "Choose the installer contact. For a sales rep without a contact record, give name "
            "and email address instead.",
            "contact",
        )
    return checked_rep(rep)


def checked_rep(rep: SalesRep) -> SalesRep:
    """The sales rep with a name and an email address that is one (N2)."""
    if not rep.name:
        raise _refused("sales_rep_missing", "Give the sales rep's name too.", "sales_rep_name")
    fitting(rep.name, "sales_rep_name", "The name", 160, "N2")
    try:
        validate_email(rep.email)
    except ValidationError:
        raise _refused(
            "sales_rep_email_invalid", "Give the sales rep's email address.", "sales_rep_email"
        ) from None
    return rep


def checked_job(job_id: str, org: Account) -> str:
    """The job ID; one that the directory knows has to be the Org's (N4)."""
    job_id = fitting(job_id, "job_id", "The job ID", 40, "N4")
    require_job_of(org, job_id)
    return job_id


def record_rep(org: Account, rep: SalesRep, *, by: Actor) -> Contact:
    """The contact record that the form offers to make of the sales rep (N2)."""
    values = {"name": rep.name, "email": rep.email, "role": ContactRole.SALES_REP}
    return add_contact(org, values=values, by=by)


def _refused(code: str, message: str, field: str) -> Refused:
    return Refused(code, message, rule="N2", field=field)
