"""The form of a saved list view (V3)."""

from __future__ import annotations

from typing import Any

from django import forms

from heliodesk.core.forms import DeskForm, offer_choices
from heliodesk.list_views.access import may_share_with_everybody
from heliodesk.list_views.models import ListView, SharedWith
from heliodesk.list_views.rules.saving import NAME_LIMIT
from heliodesk.people.access import Actor
from heliodesk.people.models import Department, Queue
from heliodesk.worklists.queries.names import names

TEAMS: dict[str, type[Queue] | type[Department]] = {"queue": Queue, "department": Department}


class ListViewForm(DeskForm):
    """Its name, whom it is shared with, and whether it goes into the rail."""

    name = forms.CharField(label="Name", max_length=NAME_LIMIT, required=False)
    shared = forms.ChoiceField(label="Shared with")
    pin = forms.BooleanField(label="Pin it to the rail", required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Actor, view: ListView | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("nobody", "Only me"), *_teams(by)]
        if may_share_with_everybody(by):
            choices.append(("everybody", "Everybody"))
        now = shared_as(view) if view else "nobody"
        if view and now not in dict(choices):
            choices.append((now, str(view.queue or view.department or "Everybody")))
        offer_choices(self, "shared", choices)
        self.fields["name"].widget.attrs["autofocus"] = True

    def sharing(self) -> dict[str, Any]:
        """What was chosen, as the rule takes it."""
        kind, _, key = self.cleaned_data["shared"].partition(":")
        if kind in TEAMS:
            return {"shared_with": SharedWith.TEAM, kind: TEAMS[kind](pk=int(key))}
        return {"shared_with": kind}


class DeletionForm(DeskForm):
    """Nothing but the token."""


def shared_as(view: ListView) -> str:
    """Whom the view is shared with, as the form has it."""
    if view.queue_id:
        return f"queue:{view.queue_id}"
    return f"department:{view.department_id}" if view.department_id else view.shared_with


def _teams(by: Actor) -> list[tuple[str, str]]:
    """The queues and departments that `by` may share with: one's own, all for supervisors."""
    found = []
    for kind, mine in (("queue", by.queue_ids), ("department", by.department_ids)):
        for key, name in names(kind).items():
            if key in mine or by.is_supervisor:
                found.append((f"{kind}:{key}", name))
    return found
