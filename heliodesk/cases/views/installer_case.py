"""New installer case, at the Org or under one of its contacts (N1 to N4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.installer_case import InstallerCaseForm
from heliodesk.cases.models import Case, CaseType
from heliodesk.cases.queries.choices import choices, chosen_request
from heliodesk.cases.queries.customers import last_spoken
from heliodesk.cases.rules.installer_case import open_installer_case, require_org_account
from heliodesk.cases.views import opening
from heliodesk.cases.views.dialogs import status_of
from heliodesk.cases.views.matching import issue_of, matches_for
from heliodesk.directory.access import get_account, get_contact
from heliodesk.directory.models import Account, Contact
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def installer_case_new(request: DeskRequest, account_id: int) -> HttpResponse:
    """Under the Org: its contact has to be given, or a sales rep (N2)."""
    access.require_support(by=request.actor, to="open a case")
    org = require_org_account(get_account(account_id, by=request.actor))
    return _page_or_case(request, org, None, f"account/{org.pk}/new-case")


@require_http_methods(["GET", "POST"])
def installer_case_for_contact_new(request: DeskRequest, contact_id: int) -> HttpResponse:
    """Under a contact of the Org, who is given by that (N3)."""
    access.require_support(by=request.actor, to="open a case")
    contact = get_contact(contact_id, by=request.actor)
    org = require_org_account(contact.account)
    return _page_or_case(request, org, contact, f"contact/{contact.pk}/new-case")


def _page_or_case(
    request: DeskRequest, org: Account, contact: Contact | None, draft: str
) -> HttpResponse:
    origin = opening.origin(request)
    draft += origin.suffix
    form = opening.sent_form(request, InstallerCaseForm, org_id=org.pk)
    done = opening.answered(
        request, form, draft, lambda sent: open_case(request, org, contact, sent, origin)
    )
    return done or page(request, org, contact, form, origin, draft)


def open_case(
    request: DeskRequest,
    org: Account,
    contact: Contact | None,
    form: InstallerCaseForm,
    origin: opening.Origin,
) -> Case:
    """Call the rule with what the form chose."""
    chosen = form.cleaned_data
    asked, people = chosen_request(chosen, "contact")
    return open_installer_case(
        org,
        request=asked,
        contact=contact or people["contact"],
        sales_rep_name=chosen["sales_rep_name"],
        sales_rep_email=chosen["sales_rep_email"],
        add_sales_rep=chosen["add_sales_rep"],
        job_id=chosen["job_id"],
        beginning=opening.beginning(form, origin),
        by=request.actor,
    )


def page(
    request: DeskRequest,
    org: Account,
    contact: Contact | None,
    form: InstallerCaseForm | None,
    origin: opening.Origin,
    draft: str,
) -> HttpResponse:
    """The page, with the form as it was refused, or filled in with what is known."""
    offered = choices(CaseType.INSTALLER, accounts=[org.pk])
    known: dict[str, Any] = {"contact": contact.pk if contact else earlier_contact(origin)}
    if origin.previous is not None:
        known["job_id"] = origin.previous.job_id
    shown = form or opening.shown_form(
        request, InstallerCaseForm, known | origin.known(offered), draft, org_id=org.pk
    )
    shown.offer(offered)
    base = {"org": org.pk} | ({"contact": contact.pk} if contact else {})
    context = {
        "form": shown,
        "draft": draft,
        "jira": opening.jira_beside(request, shown, offered),
        "offered": offered,
        "account": org,
        "contact": contact,
        "origin": origin,
        "spoken": last_spoken(org.pk),
        **matches_for(request, issue_of(base, shown), base),
    }
    status = status_of(request, form) if form else 200
    return render(request, "cases/installer_case_new.html", context, status=status)


def earlier_contact(origin: opening.Origin) -> int | None:
    """Whom the interaction was with, or whose case it continues."""
    for earlier in (origin.interaction, origin.previous):
        if earlier is not None and earlier.contact_id is not None:
            return earlier.contact_id
    return None
