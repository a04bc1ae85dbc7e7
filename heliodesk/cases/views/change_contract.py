"""Changing the contract of a case (H8): search, see what will follow, save."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from heliodesk.cases import access
from heliodesk.cases.forms.change_contract import ChangeContractForm
from heliodesk.cases.models import Case, CaseType
from heliodesk.cases.queries.choices import choices, contacts_by_id, org_by_id
from heliodesk.cases.queries.not_on_record import contracts_that_may_be_theirs
from heliodesk.cases.rules.change_contract import change_contract, require_homeowner_case
from heliodesk.cases.views.dialogs import status_of
from heliodesk.core.picking import chosen_as
from heliodesk.directory.access import get_contract, visible_contracts
from heliodesk.directory.models import Contract
from heliodesk.directory.queries import contract_list
from heliodesk.directory.rules.contacts import add_contact
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import carry_out


@dataclass(frozen=True, slots=True)
class Follows:
    """A value that follows from the contract, before and after (H8)."""

    label: str
    old: str
    new: str


@require_http_methods(["GET", "POST"])
def contract(request: DeskRequest, number: int) -> HttpResponse:
    """Without a contract chosen the search; with one, what will follow and the form."""
    case = access.get_case(number, by=request.actor)
    require_homeowner_case(case)
    # What was typed is not lost to a case that closed meanwhile: the rule refuses into the form.
    # People outside of Support never get to it, whatever they send: it names all Orgs (K6).
    if request.method == "GET" or not request.actor.is_support:
        access.require_edit(case, by=request.actor, to="change its contract")
        access.require_open(case, to="change its contract")
    sent = request.POST if request.method == "POST" else request.GET
    wanted = sent.get("contract", "").strip()
    if not wanted:
        return search(request, case)
    chosen = get_contract(wanted, by=request.actor)
    form = None
    if request.method == "POST":
        form = ChangeContractForm(request.POST)
        if form.is_valid():
            sure = form

            def act() -> str:
                change(request, case, chosen, sure)
                return case.get_absolute_url()

            said = f"Case {case} is now under contract {chosen}."
            done = carry_out(request, form, act, said=said)
            if done:
                return done
    return page(request, case, chosen, form)


def change(request: DeskRequest, case: Case, chosen: Contract, form: ChangeContractForm) -> Case:
    """Call the rule with what the form chose; a person who is new is added first (D1)."""
    given = form.cleaned_data
    contacts = contacts_by_id(given["contact"], given["installer_contact"])
    contact = contacts.get(given["contact"])
    if form.new_contact:
        contact = add_contact(chosen.account, values=form.new_contact, by=request.actor)
    return change_contract(
        case,
        chosen,
        contact=contact,
        installer=org_by_id(given["installer"], known=chosen.installer),
        installer_contact=contacts.get(given["installer_contact"]),
        cancelled_contract_confirmed=given["cancelled_contract_confirmed"],
        seen=given["seen_contract"],
        by=request.actor,
    )


def search(request: DeskRequest, case: Case) -> HttpResponse:
    """Contracts to choose from: of the same homeowner, those that may be theirs, those found."""
    typed = request.GET.get("q", "").strip()
    found = (
        contract_list.contracts(text=typed, status="", org=0, by=request.actor)
        if typed
        else contract_list.Page([])
    )
    siblings = visible_contracts(request.actor).filter(account=case.account_id)
    others = siblings.exclude(pk=case.contract_id or 0).order_by("status", "-pk")
    context = {
        "case": case,
        "typed": typed,
        "found": found.rows,
        "more": found.more,
        "siblings": contract_list.read(others[:10]),
        "maybe_theirs": contracts_that_may_be_theirs(case, by=request.actor),
    }
    return render(request, "cases/change_contract_search.html", context)


def page(
    request: DeskRequest, case: Case, chosen: Contract, form: ChangeContractForm | None
) -> HttpResponse:
    """What will follow from the chosen contract, and contact and installer offered anew."""
    offered = choices(CaseType.HOMEOWNER, accounts=[chosen.account_id])
    values = {
        "contact": offered.primary_signers.get(chosen.account_id),
        **chosen_as("installer", chosen.installer_id, chosen.installer.name),
        "contract": chosen.contract_id,
        "seen_contract": case.contract.contract_id if case.contract else "",
    }
    shown = form or ChangeContractForm(initial=values)
    shown.offer_people(offered, account_id=chosen.account_id)
    context = {
        "case": case,
        "contract": chosen,
        "form": shown,
        "follows": [
            Follows("Homeowner", case.customer_name, chosen.account.name),
            Follows("Property address", case.property_address, chosen.address),
        ],
    }
    status = status_of(request, form) if form else 200
    return render(request, "cases/change_contract.html", context, status=status)
