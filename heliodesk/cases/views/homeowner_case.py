"""New homeowner case, under its contract (H1 to H7)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.homeowner_case import HomeownerCaseForm
from heliodesk.cases.models import Case, CaseType
from heliodesk.cases.queries.choices import (
    Choices,
    choices,
    chosen_request,
    org_by_id,
)
from heliodesk.cases.queries.customers import last_spoken
from heliodesk.cases.rules.homeowner_case import open_homeowner_case
from heliodesk.cases.views import opening
from heliodesk.cases.views.dialogs import status_of
from heliodesk.cases.views.matching import issue_of, matches_for
from heliodesk.core.picking import chosen_as
from heliodesk.directory.access import get_contract
from heliodesk.directory.models import Contract
from heliodesk.directory.rules.contacts import add_contact
from heliodesk.web.requests import DeskRequest


@require_http_methods(["GET", "POST"])
def homeowner_case_new(request: DeskRequest, contract_id: str) -> HttpResponse:
    """The customer's context and the matching cases beside the form; POST opens the case."""
    access.require_support(by=request.actor, to="open a case")
    origin = opening.origin(request)
    contract = get_contract(contract_id, by=request.actor)
    draft = f"contract/{contract.contract_id}/new-case{origin.suffix}"
    form = opening.sent_form(request, HomeownerCaseForm)
    done = opening.answered(
        request, form, draft, lambda sent: open_case(request, contract, sent, origin)
    )
    return done or page(request, contract, form, origin, draft)


def open_case(
    request: DeskRequest, contract: Contract, form: HomeownerCaseForm, origin: opening.Origin
) -> Case:
    """Call the rule with what the form chose; a person who is new is added first (D1)."""
    chosen = form.cleaned_data
    asked, people = chosen_request(chosen, "contact", "installer_contact")
    contact = people["contact"]
    if form.new_contact:
        contact = add_contact(contract.account, values=form.new_contact, by=request.actor)
    return open_homeowner_case(
        contract,
        request=asked,
        contact=contact,
        installer=org_by_id(chosen["installer"], known=contract.installer),
        installer_contact=people["installer_contact"],
        cancelled_contract_confirmed=chosen["cancelled_contract_confirmed"],
        beginning=opening.beginning(form, origin),
        by=request.actor,
    )


def page(
    request: DeskRequest,
    contract: Contract,
    form: HomeownerCaseForm | None,
    origin: opening.Origin,
    draft: str,
) -> HttpResponse:
    """The page, with the form as it was refused, or filled in with what is known (H5)."""
    offered = choices(CaseType.HOMEOWNER, accounts=[contract.account_id])
    shown = form or opening.shown_form(
        request, HomeownerCaseForm, known(contract, origin, offered), draft
    )
    shown.offer(offered)
    shown.offer_people(offered, account_id=contract.account_id)
    base = {"contract": contract.pk, "account": contract.account_id, "org": contract.installer_id}
    context = {
        "form": shown,
        "draft": draft,
        "jira": opening.jira_beside(request, shown, offered),
        "offered": offered,
        "contract": contract,
        "contracts": offered.contracts.get(contract.account_id, []),
        "account": contract.account,
        "origin": origin,
        "spoken": last_spoken(contract.account_id),
        **matches_for(request, issue_of(base, shown), base),
    }
    status = status_of(request, form) if form else 200
    return render(request, "cases/homeowner_case_new.html", context, status=status)


def known(contract: Contract, origin: opening.Origin, offered: Choices) -> dict[str, Any]:
    """What the system fills in: the primary signer, the contract's installer, and what the
    interaction or the case continued says (H5)."""
    values: dict[str, Any] = {
        "contact": offered.primary_signers.get(contract.account_id),
        **chosen_as("installer", contract.installer_id, contract.installer.name),
    }
    for earlier in (origin.previous, origin.interaction):
        if earlier is not None and earlier.contact_id is not None:
            values["contact"] = earlier.contact_id
    if origin.previous is not None:
        if origin.previous.installer is not None:
            org = origin.previous.installer
            values |= chosen_as("installer", org.pk, org.name)
        values["installer_contact"] = origin.previous.installer_contact_id
    return values | origin.known(offered)
