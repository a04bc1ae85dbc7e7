"""What the pages for a new case have in common: where it comes from, what is filled in, leaving
the interaction on a case that exists, saying that it was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.html import format_html

from heliodesk.cases import access
from heliodesk.cases.forms.opening import NewCaseForm
from heliodesk.cases.models import Case, CaseSource, Interaction, JiraLink
from heliodesk.cases.queries.choices import Choices
from heliodesk.cases.rules.duplicates import leave_on_case
from heliodesk.cases.rules.opening import Beginning
from heliodesk.core.forms import DeskForm
from heliodesk.core.numbers import whole
from heliodesk.core.picking import sent_names
from heliodesk.drafts import keep
from heliodesk.integrations.jira.guard import pause
from heliodesk.integrations.jira.tickets import read_tickets
from heliodesk.integrations.jira.views.beside import Beside, beside, with_added
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See, carry_out

F = TypeVar("F", bound=DeskForm)

#: Buttons of these forms that do not create: show again with what Jira found (no JavaScript
#: needed), start over, leave the interaction on the named case.
AGAIN, START_OVER, LEAVE_ON = "again", "start_over", "leave_on"


@dataclass(frozen=True, slots=True)
class Origin:
    """The conversation that led to the case (B3), and the closed case it continues (X5)."""

    interaction: Interaction | None = None
    previous: Case | None = None

    @property
    def suffix(self) -> str:
        """What sets its draft apart from that of a case out of nothing."""
        if self.interaction is not None:
            return f"/interaction-{self.interaction.pk}"
        return f"/continues-{self.previous.number}" if self.previous else ""

    def known(self, offered: Choices) -> dict[str, Any]:
        """What need not be typed twice: the old case's fields, and above them what the
        interaction says; the source is that of its channel (B3, H5, X5)."""
        values: dict[str, Any] = {}
        if self.previous is not None:
            values |= {name: getattr(self.previous, field) for name, field in CONTINUED.items()}
            values["continues"] = self.previous.display_number
            links = JiraLink.objects.filter(case=self.previous, removed_at=None).order_by("pk")
            values["ticket"] = "\n".join(links.values_list("url", flat=True))
        if self.interaction is not None:
            values |= {
                "interaction": self.interaction.pk,
                "description": self.interaction.about,
                "source": offered.source_of_channel.get(self.interaction.channel),
            }
        return {name: value for name, value in values.items() if value is not None}


CONTINUED = {
    "request_type": "request_type_id",
    "request_subtype": "request_subtype_id",
    "source": "source_id",
    "priority": "priority",
    "description": "description",
}


def origin(request: DeskRequest) -> Origin:
    """Where the case comes from, as the address or the sent form says it."""
    sent = request.POST if request.method == "POST" else request.GET
    spoken, number = whole(sent.get("interaction", "")), whole(sent.get("continues", ""))
    return Origin(
        interaction=None if spoken is None else Interaction.objects.filter(pk=spoken).first(),
        previous=None if number is None else access.get_case(number, by=request.actor),
    )


def sent_form(request: DeskRequest, form: type[F], **of: Any) -> F | None:
    """The form as it was sent to be carried out; None where it is only to be shown. `of` is what
    else the form is made of."""
    if request.method != "POST" or AGAIN in request.POST:
        return None
    return form(request.POST, **of)


def shown_form(
    request: DeskRequest, form: type[F], known: Mapping[str, Any], draft: str, **of: Any
) -> F:
    """The form to show, filled in with what is known, and above it what was typed before: just
    now (to find a ticket), or left as a draft (C5)."""
    values = dict(known)
    if request.method == "POST":
        typed: Mapping[str, Any] = request.POST.dict()
    else:
        typed = keep.kept(draft, by=request.actor)
    if typed:
        values |= {name: typed[name] for name in sent_names(*form.base_fields) if name in typed}
        values |= {name: name in typed for name in ticks(form)}
    if request.method == "POST":
        values["ticket"] = with_added(request, str(values.get("ticket", "")))
    return form(initial=values, **of)


def ticks(form: type[DeskForm]) -> list[str]:
    """The checkboxes of the form: one that was not sent is not ticked."""
    return [
        name for name, field in form.base_fields.items() if isinstance(field, forms.BooleanField)
    ]


def answered(
    request: DeskRequest, form: F | None, draft: str, open_it: Callable[[F], Case]
) -> HttpResponse | None:
    """What a sent form leads to: the case that `open_it` opens with it, or what another button
    does; None where the form is to be shown, first or again."""
    if form is None:
        return None
    done = aside(request, form, draft)
    if not done and not form.errors and form.is_valid():
        act = opened(request, lambda: open_it(form))
        done = carry_out(request, form, act, draft=draft)
    return done


def beginning(form: NewCaseForm, origin: Origin) -> Beginning:
    """Where the case comes from and what it is not (B3, B6, J1, X5); refuses Jira tickets that are
    none."""
    return Beginning(
        none_of_these=form.dismissed,
        interaction=origin.interaction,
        previous_case=origin.previous,
        tickets=read_tickets(form.cleaned_data["ticket"]),
    )


def aside(request: DeskRequest, form: DeskForm, draft: str) -> HttpResponse | None:
    """What a button other than *Create* does: start over, or leave the interaction (B5)."""
    if request.method != "POST":
        return None
    if START_OVER in request.POST:
        keep.drop(draft, by=request.actor)
        return See(request.get_full_path())
    if LEAVE_ON in request.POST:
        return leave(request, form, draft)
    return None


def leave(request: DeskRequest, form: DeskForm, draft: str) -> HttpResponse | None:
    """Leave what was typed on the case that exists for the issue, and stop (B5)."""
    case = access.get_case(request.POST[LEAVE_ON], by=request.actor)
    form.is_valid()
    form.errors.clear()  # what a new case would still need is of no matter now
    spoken = origin(request).interaction
    typed = {"interaction": spoken} if spoken else details(request.POST)

    def act() -> str:
        leave_on_case(case, by=request.actor, **typed)
        return case.get_absolute_url()

    told = "" if access.owns(case, request.actor) else " Its owner is told."
    said = f"The interaction stands on case {case}.{told}"
    return carry_out(request, form, act, said=said, draft=draft)


def details(sent: Mapping[str, str]) -> dict[str, Any]:
    """The interaction that a form for a new case, or for an interaction, tells."""
    source = whole(sent.get("source", ""))
    channel = sent.get("channel", "")
    if not channel and source is not None:
        found = CaseSource.objects.filter(pk=source).values_list("channel", flat=True)
        channel = found.first() or ""
    return {
        "channel": channel,
        "spoke_with": sent.get("spoke_with") or sent.get("name", ""),
        "about": sent.get("about") or sent.get("description", ""),
    }


def jira_beside(request: DeskRequest, form: DeskForm, offered: Choices) -> Beside:
    """What the field for Jira tickets shows (J1)."""
    return beside(request, str(form["ticket"].value() or ""), is_set_up=offered.has_jira)


def opened(request: DeskRequest, open_it: Callable[[], Case]) -> Callable[[], str]:
    """Open the case, say so with a link to it (H6), and lead there."""

    def act() -> str:
        case = open_it()
        messages.success(
            request,
            format_html(
                'Case <a href="{}">{}</a> was created under {}.',
                case.get_absolute_url(),
                case.display_number,
                case.contact.name if case.contact else case.customer_name,
            ),
        )
        if request.POST.get("ticket", "").strip() and (standing := pause()):
            words = "title and status of the ticket, and its link back, follow by themselves"
            messages.warning(request, f"{standing.why}: {words} (J2).")
        return case.get_absolute_url()

    return act
