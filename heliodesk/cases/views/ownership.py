"""Change Owner on the screen (Q2)."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from heliodesk.cases import access
from heliodesk.cases.forms.ownership import OwnerForm
from heliodesk.cases.models import Case
from heliodesk.cases.queries.case_record import get_case_record
from heliodesk.cases.queries.owners import owners
from heliodesk.cases.rules.ownership import change_owner, owner_name, was_in_a_queue
from heliodesk.cases.views.dialogs import dialog, sent, typed_before
from heliodesk.core.picking import offered, sent_names
from heliodesk.feed.markdown import render
from heliodesk.people.models import DeskSettings
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def owner(request: DeskRequest, number: int) -> HttpResponse:
    """Hand a case over to a user or a queue."""
    case = get_case_record(number, by=request.actor).as_case()
    if request.method == "GET":
        access.require_hand_over(case, by=request.actor)
        access.require_open(case, to="change its owner")
    draft = f"case/{case.number}/owner"
    form = OwnerForm(
        sent(request),
        initial=typed_before(request, draft, *sent_names("to"), "reason"),
        owners=owners(
            case_type=case.case_type,
            besides=owner_key(case),
            my_queues=request.actor.queue_ids,
        ),
    )
    return dialog(
        request,
        "cases/ownership.html",
        case,
        form,
        lambda: change_owner(
            case,
            to=form.cleaned_data["to"],
            reason=form.cleaned_data["reason"],
            escalation=form.cleaned_data["escalation"],
            by=request.actor,
        ),
        said="The owner was changed.",
        draft=draft,
        more=lambda: {
            "owner": owner_name(case),
            "goes_back": case.owner_agent_id is not None and was_in_a_queue(case),
            "escalation_text": Markup(render(DeskSettings.current().escalation_text)),  # noqa: S704 - rendered safely
        },
    )


@require_safe
def owner_options(request: DeskRequest) -> JsonResponse:
    """`{"items": [{value, label, hint, refused}], "note"}` for `?q=`; three statements."""
    access.require_support(by=request.actor, to="hand cases over")
    asked = request.GET
    source = owners(
        case_type=asked.get("case_type", ""),
        besides=asked.get("besides", ""),
        my_queues=request.actor.queue_ids,
    )
    return JsonResponse(offered(source, asked.get("q", "")))


def owner_key(case: Case) -> str:
    """The owner as the form names it."""
    if case.owner_agent_id is not None:
        return f"user-{case.owner_agent_id}"
    return f"queue-{case.owner_queue_id}"
