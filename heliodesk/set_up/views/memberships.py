"""The queues and departments of somebody, on the screen of administrators (Q3, A4)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpResponse

from heliodesk.core.addresses import address
from heliodesk.core.numbers import whole
from heliodesk.people.models import Department, Queue
from heliodesk.people.rules.membership import change_memberships
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.people import MembershipsForm
from heliodesk.set_up.views.people import found
from heliodesk.set_up.views.saving import saved
from heliodesk.web.requests import DeskRequest


@set_up_view()
def memberships(request: DeskRequest, pk: int) -> HttpResponse:
    """Shows and changes them: those that are offered, and those that are theirs."""
    user = found(pk)
    queues = Queue.objects.filter(Q(is_active=True) | Q(members=user)).distinct()
    departments = Department.objects.filter(Q(is_active=True) | Q(members=user)).distinct()
    mine = sorted(user.queue_memberships.values_list("queue_id", flat=True))
    theirs = sorted(user.department_memberships.values_list("department_id", flat=True))
    form = MembershipsForm(
        request.POST if request.method == "POST" else None,
        initial={
            "queues": mine,
            "departments": theirs,
            "seen_queues": _listed(mine),
            "seen_departments": _listed(theirs),
        },
        queues=queues,
        departments=departments,
    )

    def act() -> str:
        chosen = form.cleaned_data
        change_memberships(
            user,
            queues=list(chosen["queues"]),
            departments=list(chosen["departments"]),
            seen_queues=_keys(chosen["seen_queues"]),
            seen_departments=_keys(chosen["seen_departments"]),
            by=request.actor,
        )
        return address("set_up_person", pk)

    return saved(
        request, form, act, "set_up/memberships.html", said="The changes are saved.", person=user
    )


def _listed(keys: Iterable[int]) -> str:
    return " ".join(map(str, keys))


def _keys(text: str) -> list[int]:
    """The IDs in what `_listed` gave."""
    found = (whole(one) for one in text.split())
    return [key for key in found if key is not None]
