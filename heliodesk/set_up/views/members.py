"""More people for a queue or a department: the same page for both (Q3, A4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.people.models import Department, Queue
from heliodesk.set_up.forms.places import MembersForm
from heliodesk.set_up.queries import places
from heliodesk.set_up.queries.picking import newcomers
from heliodesk.set_up.views.saving import saved
from heliodesk.web.requests import DeskRequest

Place = TypeVar("Place", Queue, Department)


def members_new(
    request: DeskRequest, place: Place, *, join: Callable[..., object], back: str, nothing: str
) -> HttpResponse:
    """Let those who are chosen `join` the place, and go `back` to it; `nothing` is said where there
    is nobody to choose. Of many people those are offered who are found, the ticked ones kept."""
    people = places.who_may_join(place)
    form = MembersForm(
        request.POST if request.method == "POST" else None, people=people, source=newcomers(place)
    )

    def act() -> str:
        form.require_chosen()
        for person in form.cleaned_data["people"]:
            join(place, person, by=request.actor)
        return back

    if form.is_finding:
        context = {"form": form, "draft": "", "place": place, "back": back, "nothing": nothing}
        return render(request, "set_up/members_new.html", context)
    return saved(
        request, form, act, "set_up/members_new.html", said="The members are saved.",
        place=place, back=back, nothing=nothing,
    )  # fmt: skip
