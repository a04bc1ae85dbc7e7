"""What else a field is called: by the procedures, and where people come from (V3)."""

from __future__ import annotations

from heliodesk.list_views.fields import Field

ALSO = {
    "number": "number ID",
    "status": "state stage",
    "open": "active unresolved",
    "priority": "urgent severity",
    "request_type": "customer primary reason category subject topic",
    "request_subtype": "customer secondary reason subcategory",
    "source": "channel origin",
    "description": "subject body",
    "customer": "name homeowner",
    "contact": "name requester",
    "property_address": "street city state ZIP location",
    "installer": "Org company",
    "contract_gap": "customer not on record history",
    "owner_agent": "assigned assignee",
    "owner_queue": "assigned group",
    "created_at": "opened date",
    "created_by": "opener author",
    "last_modified_at": "changed updated date",
    "last_modified_by": "changed updated",
    "closed_at": "resolved date",
    "closed_by": "resolved",
    "closed_reason": "resolution",
    "reviewed_at": "reviewed log date",
    "follow_up_at": "snoozed reminder due date",
    "department": "referral referred boundary team",
    "assigned_department": "referral referred boundary team",
}
#: What people say where the field holds nothing.
NOTHING = {"owner_agent": "unassigned nobody", "reviewed_at": "unreviewed never"}


def called(field: Field) -> str:
    """The field's label and all else that it may be looked for by."""
    return f"{field.label} {ALSO.get(field.name, '')}"


def nothing(field: Field) -> str:
    """What it is called that the field holds nothing."""
    return f"{called(field)} is empty no none without {NOTHING.get(field.name, '')}"
