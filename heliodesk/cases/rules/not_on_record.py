"""A homeowner who is not in the system: the one homeowner case without a contract (N5)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from heliodesk.cases.models import Case, CaseType, ContractGap
from heliodesk.cases.request import Request
from heliodesk.cases.rules.opening import (
    OUT_OF_NOTHING,
    Beginning,
    begin,
    checked,
    fitting,
    matches_of,
    require_continues,
    require_creator,
    text,
)
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.directory.models import Account
from heliodesk.directory.phones import written
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue


@rule("B6", "N5", "N6", "H7", "X5", "K7")
def open_case_not_on_record(
    org: Account | None,
    *,
    request: Request,
    name: str,
    phone: str = "",
    email: str = "",
    property_address: str,
    hand_over: bool,
    beginning: Beginning = OUT_OF_NOTHING,
    by: Actor,
) -> Case:
    """Open a case at the homeowner's Org, marked *customer not on record*; gives it.

    Its owner is the creating agent; with `hand_over` it is given to the homeowner queue at once.
    Refuses without name, property address, and phone or email; and as other new cases do.
    """
    require_creator(by=by)
    org = require_org_of_homeowner(org)
    customer = checked_customer(name, phone, email, property_address)
    fields = checked(request, CaseType.HOMEOWNER)
    queue = homeowner_queue() if hand_over else None
    require_continues(beginning, case_type=CaseType.HOMEOWNER, account_id=org.pk)
    case = begin(
        beginning,
        matches_of(request, org=org, name=name, by=by),
        told={"not_on_record": customer["customer_name"]},
        by=by,
        account=org,
        installer=org,
        contract_gap=ContractGap.NOT_ON_RECORD,
        **customer,
        **fields,
    )
    return change_owner(case, to=queue, by=by) if queue else case


def require_org_of_homeowner(org: Account | None) -> Account:
    """Refuse such a case anywhere but at the account of an Org (N5)."""
    if org is None or not org.is_installer:
        raise _refused(
            "account_is_no_org",
            "A homeowner who is not on record has a case at the account of their Org. Find it by "
            "the Org's name; for a homeowner on record, open the contract, then New Case (H1).",
            "account",
        )
    return org


def checked_customer(name: str, phone: str, email: str, property_address: str) -> dict[str, str]:
    """Who the customer is, how to reach them, and where (N5)."""
    email = trimmed(email)
    if not trimmed(phone) and not email:
        raise _refused("phone_or_email", "Give the homeowner's phone number or email.", "phone")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise _refused("email_invalid", f"“{email}” is no email address.", "email") from None
    return {
        "customer_name": text(name, "name", "the homeowner's name", 200, "N5"),
        "customer_phone": fitting(written(phone), "phone", "The phone number", 40, "N5"),
        "customer_email": email,
        "property_address": text(
            property_address, "property_address", "the property address", 400, "N5"
        ),
    }


def homeowner_queue() -> Queue:
    """The back-office queue for homeowner cases, whose members complete such a case (N5)."""
    queue = Queue.objects.filter(case_type=CaseType.HOMEOWNER, is_active=True).first()
    if queue is None:
        raise _refused(
            "no_homeowner_queue",
            "There is no queue for homeowner cases. Keep the case, and ask an administrator.",
            "hand_over",
        )
    return queue


def _refused(code: str, message: str, field: str) -> Refused:
    return Refused(code, message, rule="N5", field=field)
