"""The fields of a case that are edited: what they are called and what stands in them (H4)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from heliodesk.cases.models import Case
from heliodesk.core.text import trimmed

#: The fields that may be edited, as people call them. The address is the contract's (H5), and
#: the contract itself is changed by H8.
LABELS = {
    "contact": "Contact Name",
    "customer_name": "Homeowner's name",
    "customer_phone": "Phone",
    "customer_email": "Email",
    "sales_rep_name": "Sales rep's name",
    "sales_rep_email": "Sales rep's email",
    "installer": "Associated Installer",
    "installer_contact": "Installer Contact Name",
    "job_id": "Job ID",
    "request_type": "Customer Request Type",
    "request_subtype": "Customer Request Subtype",
    "source": "Case Source",
    "priority": "Priority",
    "description": "Case Description",
}
SHOWN = 120  # characters of a long text in the time line


def as_sent(value: Any) -> str:
    """A value as a form sends it: the ID of a row, a line break as one character."""
    if value is None:
        return ""
    if isinstance(value, Model):
        return str(value.pk)
    return trimmed(str(value).replace("\r\n", "\n"))


def standing(case: Case, name: str) -> str:
    """What stands in the field, in the form of `as_sent`."""
    key = f"{name}_id"
    return as_sent(getattr(case, key if hasattr(Case, key) else name))


def displayed(case: Case, name: str) -> str:
    """What stands in the field, as people read it."""
    if name == "priority":
        return case.get_priority_display() or ""
    try:
        value = getattr(case, name)
    except ObjectDoesNotExist:  # what was seen is no longer in the system
        return ""
    return "" if value is None else str(value)


def shortened(text: str) -> str:
    """A text as the time line shows it."""
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
