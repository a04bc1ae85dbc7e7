"""New case of a homeowner who is not on record, at their Org (N5)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.not_on_record import NotOnRecordForm
from heliodesk.cases.models import Case, CaseType
from heliodesk.cases.queries.choices import choices, chosen_request
from heliodesk.cases.rules.not_on_record import open_case_not_on_record, require_org_of_homeowner
from heliodesk.cases.views import opening
from heliodesk.cases.views.dialogs import status_of
from heliodesk.cases.views.matching import issue_of, matches_for, maybe_theirs
from heliodesk.directory.access import get_account
from heliodesk.directory.models import Account
from heliodesk.web.requests import DeskRequest

CUSTOMER = {
    "name": "customer_name",
    "phone": "customer_phone",
    "email": "customer_email",
    "property_address": "property_address",
}


@require_http_methods(["GET", "POST"])
def not_on_record_new(request: DeskRequest, account_id: int) -> HttpResponse:
    """Who, how to reach them and where; matching cases and contracts that may be theirs beside."""
    access.require_support(by=request.actor, to="open a case")
    org = require_org_of_homeowner(get_account(account_id, by=request.actor))
    origin = opening.origin(request)
    draft = f"account/{org.pk}/not-on-record{origin.suffix}"
    form = opening.sent_form(request, NotOnRecordForm)
    done = opening.answered(
        request, form, draft, lambda sent: open_case(request, org, sent, origin)
    )
    return done or page(request, org, form, origin, draft)


def open_case(
    request: DeskRequest, org: Account, form: NotOnRecordForm, origin: opening.Origin
) -> Case:
    """Call the rule with what the form says."""
    chosen = form.cleaned_data
    asked, _ = chosen_request(chosen)
    return open_case_not_on_record(
        org,
        request=asked,
        hand_over=chosen["hand_over"],
        beginning=opening.beginning(form, origin),
        by=request.actor,
        **{name: chosen[name] for name in CUSTOMER},
    )


def page(
    request: DeskRequest,
    org: Account,
    form: NotOnRecordForm | None,
    origin: opening.Origin,
    draft: str,
) -> HttpResponse:
    """The page, with the form as it was refused, or filled in with what is known."""
    offered = choices(CaseType.HOMEOWNER, accounts=[])
    known = origin.known(offered)
    if origin.interaction is not None:
        known["name"] = origin.interaction.spoke_with
    if origin.previous is not None:
        known |= {name: getattr(origin.previous, field) for name, field in CUSTOMER.items()}
    shown = form or opening.shown_form(request, NotOnRecordForm, known, draft)
    shown.offer(offered)
    base = {"org": org.pk}
    typed = {name: str(shown[name].value() or "") for name in CUSTOMER}
    context = {
        "form": shown,
        "draft": draft,
        "jira": opening.jira_beside(request, shown, offered),
        "offered": offered,
        "account": org,
        "origin": origin,
        "maybe_theirs": maybe_theirs(request, typed),
        **matches_for(request, issue_of(base, shown), base),
    }
    status = status_of(request, form) if form else 200
    return render(request, "cases/not_on_record_new.html", context, status=status)
