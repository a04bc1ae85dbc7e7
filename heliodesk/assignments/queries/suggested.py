"""What the company's SOP suggests for a case: text, department and reason (A1)."""

from __future__ import annotations

from dataclasses import dataclass

from heliodesk.cases.models import Case
from heliodesk.people.models import Department, ReferralReason


@dataclass(frozen=True, slots=True)
class Suggested:
    """The SOP text (Markdown) of the case's request subtype, empty where it has none, and what
    is chosen in the form before anybody chooses."""

    sop_text: str
    department: Department | None
    reason: ReferralReason | None


def suggested(case: Case) -> Suggested:
    """What the case's request subtype suggests; what is retired is suggested no more."""
    subtype = case.request_subtype
    reason = subtype.suggested_reason
    department = subtype.suggested_department or (reason.department if reason else None)
    if department is None or not department.is_active:
        return Suggested(subtype.sop_text, None, None)
    fits = reason is not None and reason.is_active and reason.department_id == department.pk
    return Suggested(subtype.sop_text, department, reason if fits else None)
