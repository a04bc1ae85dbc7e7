"""What customers ask for: types and subtypes, with the company's SOP (H4, A1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from heliodesk.cases.models import RequestSubtype, RequestType
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor
from heliodesk.people.rules.choices import keep_choice, locked

SOP_LIMIT = 20_000  # characters


@rule("H4", "K2", "K4", "K7")
def keep_request_type(
    kind: RequestType | None = None,
    *,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> RequestType:
    """Add a request type, or change one. `values`: name, for_homeowner, for_installer.

    Refuses one that is for neither, and taking it from the cases that no other one is for.
    """
    kind = locked(kind or RequestType(), by=by)
    if not (values["for_homeowner"] or values["for_installer"]):
        raise _refused(
            "request_type_for_none",
            "Tick the cases on which it is offered. To offer it on none, retire it.",
            "for_homeowner",
        )
    if kind.pk and kind.is_active and taken_from(kind, values) and kind.is_needed():
        raise _refused(
            "last_choice",
            f"“{kind.name}” is the last request type that is offered on them. Add another first.",
            "for_homeowner" if not values["for_homeowner"] else "for_installer",
        )
    return keep_choice(kind, values, seen, by=by)


@rule("H4", "A1", "K2", "K4", "K7")
def keep_request_subtype(
    subtype: RequestSubtype,
    *,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
    by: Actor,
) -> RequestSubtype:
    """Add a subtype (not saved yet, of its type), or change one; it stays with its type.

    `values`: name, sop_text (Markdown), suggested_department and suggested_reason. Refuses a
    reason of another department, and suggesting anew what is retired.
    """
    subtype = locked(subtype, by=by)
    values = dict(values) | {"sop_text": trimmed(values["sop_text"])}
    if len(values["sop_text"]) > SOP_LIMIT:
        raise _refused("sop_too_long", f"Keep it under {SOP_LIMIT:,} characters.", "sop_text")
    require_suggestion(subtype, values)
    return keep_choice(subtype, values, seen, by=by)


def require_suggestion(subtype: RequestSubtype, values: Mapping[str, Any]) -> None:
    """Refuse a reason of another department than the suggested one, and what is retired (A1)."""
    department, reason = values["suggested_department"], values["suggested_reason"]
    if reason is not None and (department is None or reason.department_id != department.pk):
        raise _refused(
            "reason_of_another_department",
            f"“{reason.name}” is a reason of {reason.department.name}. Choose that department, "
            "or one of its own reasons.",
            "suggested_reason",
            rule="A1",
        )
    for field, chosen in (("suggested_department", department), ("suggested_reason", reason)):
        anew = chosen is not None and chosen.pk != getattr(subtype, f"{field}_id")
        if anew and not chosen.is_active:
            raise _refused(
                "not_offered",
                f"“{chosen.name}” is retired. Choose another.",
                field,
                rule="A1",
            )


def taken_from(kind: RequestType, values: Mapping[str, Any]) -> bool:
    """Whether it would no longer be offered on cases on which it is now."""
    return any(
        getattr(kind, name) and not values[name] for name in ("for_homeowner", "for_installer")
    )


def _refused(code: str, message: str, field: str, *, rule: str = "H4") -> Refused:
    return Refused(code, message, rule=rule, field=field)
