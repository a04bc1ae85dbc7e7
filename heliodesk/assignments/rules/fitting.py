"""What the fields of an assignment must hold together: only what the department offers (A1)."""

from __future__ import annotations

from heliodesk.core import rows
from heliodesk.core.refusal import Refused
from heliodesk.people.models import Department, ReferralReason, ReferralSubtype, Topic, User


def refused(code: str, message: str, field: str) -> Refused:
    """A refusal of A1 at its field."""
    return Refused(code, message, rule="A1", field=field)


def require_department(department: Department | None) -> Department:
    """The department, which is not retired until the transaction ends; refuses none, and one that
    takes no assignments any more."""
    if department is None:
        raise refused("department_missing", "Choose the department.", "department")
    if not rows.find(Department, "id = %s AND is_active", [department.pk], lock="FOR SHARE"):
        raise refused(
            "department_not_offered",
            f"{department} takes no assignments any more. Choose another department.",
            "department",
        )
    return department


def require_reason(
    department: Department, reason: ReferralReason | None, subtype: ReferralSubtype | None
) -> tuple[ReferralReason, ReferralSubtype | None]:
    """Reason and subtype; refuses those of another department or reason, retired ones, and a
    missing one where there are any to choose from."""
    if reason is None:
        raise refused("reason_missing", "Choose the Referral Reason.", "reason")
    if reason.department_id != department.pk:
        raise refused(
            "reason_of_another_department",
            f"“{reason.name}” is not a reason of {department}. Choose one of its reasons.",
            "reason",
        )
    if not reason.is_active:
        raise _retired(reason.name, "reason")
    require_subtype(reason, subtype)
    return reason, subtype


def require_subtype(reason: ReferralReason, subtype: ReferralSubtype | None) -> None:
    """Refuse a subtype of another reason, a retired one, and none where the reason has any."""
    if subtype is None:
        if reason.subtypes.filter(is_active=True).exists():
            raise refused(
                "subtype_missing", f"Choose the Referral Subtype of “{reason.name}”.", "subtype"
            )
        return
    if subtype.reason_id != reason.pk:
        raise refused(
            "subtype_of_another_reason",
            f"“{subtype}” is not a subtype of “{reason.name}”. Choose one of its subtypes.",
            "subtype",
        )
    if not subtype.is_active:
        raise _retired(subtype.name, "subtype")


def require_topic(department: Department, topic: Topic | None) -> None:
    """Refuse a topic of another department, a retired one, and none where there are any."""
    if topic is None:
        if department.topics.filter(is_active=True).exists():
            raise refused(
                "topic_missing", f"Choose the topic: {department} divides its work by it.", "topic"
            )
        return
    if topic.department_id != department.pk:
        raise refused(
            "topic_of_another_department",
            f"“{topic}” is not a topic of {department}. Choose one of its topics, or none.",
            "topic",
        )
    if not topic.is_active:
        raise _retired(topic.name, "topic")


def require_managers(
    department: Department, account_manager: User | None, sales_manager: User | None
) -> None:
    """Refuse missing or inactive managers where the department asks for them, and any where it
    does not."""
    given = {
        "account_manager": ("Account Manager", account_manager),
        "sales_manager": ("Sales Manager", sales_manager),
    }
    for field, (label, manager) in given.items():
        if department.wants_managers:
            _require_manager(department, label, manager, field)
        elif manager is not None:
            raise refused(
                "managers_not_asked_for",
                f"{department} asks for no {label}. Leave it out.",
                field,
            )


def _require_manager(department: Department, label: str, manager: User | None, field: str) -> None:
    if manager is None:
        raise refused(f"{field}_missing", f"Choose the {label}: {department} asks for it.", field)
    if not manager.is_active:
        raise refused(
            "manager_inactive",
            f"{manager} is not active any more. Choose another {label}.",
            field,
        )


def _retired(name: str, field: str) -> Refused:
    return refused("not_offered", f"“{name}” is no longer offered. Choose another.", field)
