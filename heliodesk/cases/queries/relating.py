"""Which cases one may want to link as related (W2)."""

from __future__ import annotations

from django.db.models import Q

from heliodesk.cases.access import visible_cases
from heliodesk.cases.models import Case, Status
from heliodesk.core.numbers import whole
from heliodesk.people.access import Actor

SHOWN = 12


def proposals(case: Case, typed: str, *, by: Actor) -> list[dict[str, str]]:
    """The case with the typed number; else cases of the same account or installer whose customer
    is called so, the newest first. Not the case itself. One statement."""
    typed = typed.strip().lstrip("#")
    if exact := whole(typed):
        wanted = Q(number=exact)
    else:
        near = Q(account=case.account_id)
        if case.installer_id is not None:
            near |= Q(installer=case.installer_id)
        wanted = near & Q(customer_name__icontains=typed)
    rows = visible_cases(by).filter(wanted).exclude(pk=case.pk).order_by("-created_at", "-id")
    columns = ("number", "customer_name", "request_subtype__name", "status")
    return [
        {
            "value": f"{number:08d}",
            "label": f"{number:08d} {customer}",
            "hint": f"{subtype}, {Status(status).label}",
        }
        for number, customer, subtype, status in rows.values_list(*columns)[:SHOWN]
    ]
