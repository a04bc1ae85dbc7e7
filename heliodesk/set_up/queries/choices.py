"""The lists that people choose from, as their set-up pages show them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.people.models import Choice, Department, ReferralReason, ReferralSubtype, Topic


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One of a list: `cells` under the list's columns, `note` why it is as it is. `before` and
    `after` are the IDs of those between which it stands, 0 at the ends."""

    pk: int
    name: str
    cells: list[str]
    note: str = ""
    warning: str = ""
    fixed: bool = False
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class ChoiceRows:
    """What is offered, in its order, and what is retired."""

    offered: list[ChoiceRow] = field(default_factory=list)
    retired: list[ChoiceRow] = field(default_factory=list)


OFFERED_ON = {
    (True, True): "All cases",
    (True, False): "Homeowner cases",
    (False, True): "Installer cases",
}


def request_types() -> ChoiceRows:
    """All request types; one statement."""
    counted = RequestType.objects.annotate(
        offered=Count("subtypes", filter=Q(subtypes__is_active=True))
    )

    def row(one: Any) -> dict[str, Any]:
        on = OFFERED_ON.get((one.for_homeowner, one.for_installer), "None")
        bare = "" if one.offered else "Not offered yet: it has no subtype."
        return {"cells": [on, str(one.offered)], "warning": bare}

    return rows_of(counted, row)


def request_subtypes(kind: RequestType) -> ChoiceRows:
    """The subtypes of a type; one statement."""
    subtypes = RequestSubtype.objects.filter(request_type=kind)

    def row(one: Any) -> dict[str, Any]:
        suggested = [one.suggested_department, one.suggested_reason]
        named = " · ".join(part.name for part in suggested if part)
        lines = [line.strip("#*- ") for line in one.sop_text.splitlines() if line.strip()]
        retired = [part.name for part in suggested if part and not part.is_active]
        warning = f"Suggests {retired[0]}, which is retired." if retired else ""
        return {"cells": [lines[0] if lines else "", named], "warning": warning}

    return rows_of(subtypes.select_related("suggested_department", "suggested_reason"), row)


def closed_reasons() -> ChoiceRows:
    """All Closed Reasons; one statement."""

    def row(one: Any) -> dict[str, Any]:
        note = "Set by the desk on a case that is merged (X7)." if one.set_by_system else ""
        if one.is_case_voided:
            note = "Proposed where a department says that the case should be voided (A6)."
        return {"cells": [], "note": note}

    return rows_of(ClosedReason.objects.all(), row)


def case_sources() -> ChoiceRows:
    """All case sources; one statement."""
    return rows_of(CaseSource.objects.all(), lambda one: {"cells": [one.get_channel_display()]})


def referral_reasons(department: Department) -> ChoiceRows:
    """What a department is asked for; one statement."""
    counted = ReferralReason.objects.filter(department=department).annotate(
        offered=Count("subtypes", filter=Q(subtypes__is_active=True))
    )
    return rows_of(counted, lambda one: {"cells": [str(one.offered or "")]})


def referral_subtypes(reason: ReferralReason) -> ChoiceRows:
    """The subtypes of a reason; one statement."""
    return rows_of(ReferralSubtype.objects.filter(reason=reason), lambda one: {"cells": []})


def topics(department: Department) -> ChoiceRows:
    """The topics of a department; one statement."""
    active = Count("contacts", filter=Q(contacts__user__is_active=True))

    def row(one: Any) -> dict[str, Any]:
        nobody = "" if one.tagged else "No contact: a follow-up tags the members."
        return {"cells": [str(one.tagged)], "warning": nobody if one.is_active else ""}

    return rows_of(Topic.objects.filter(department=department).annotate(tagged=active), row)


def departments_asked() -> list[Department]:
    """The departments with the number of reasons that each offers, as `offered`; those that are
    retired last."""
    offered = Count("referral_reasons", filter=Q(referral_reasons__is_active=True))
    return list(Department.objects.annotate(offered=offered).order_by("-is_active", "position"))


def rows_of(found: QuerySet[Any], row: Callable[[Any], dict[str, Any]]) -> ChoiceRows:
    """What is found in its order, each as `row` says: cells, note, warning; one statement."""
    ordered: Iterable[Choice] = found.order_by("position", "name")
    rows = ChoiceRows()
    for one in ordered:
        if not one.is_active:
            rows.retired.append(ChoiceRow(one.pk, one.name, fixed=one.is_fixed, **row(one)))
            continue
        before = rows.offered[-1].pk if rows.offered else 0
        made = ChoiceRow(one.pk, one.name, fixed=one.is_fixed, before=before, **row(one))
        rows.offered.append(made)
    return ChoiceRows(_with_next(rows.offered), rows.retired)


def _with_next(rows: list[ChoiceRow]) -> list[ChoiceRow]:
    nexts = [*(row.pk for row in rows), 0][1:]
    return [
        ChoiceRow(row.pk, row.name, row.cells, row.note, row.warning, row.fixed, row.before, after)
        for row, after in zip(rows, nexts, strict=True)
    ]
