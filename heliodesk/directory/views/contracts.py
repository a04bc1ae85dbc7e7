"""The list of contracts, a contract, and its forms (D1, D2)."""

from __future__ import annotations

from urllib.parse import quote

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from heliodesk.directory import access
from heliodesk.directory.forms.keeping import ContractForm
from heliodesk.directory.models import Contract, ContractStatus
from heliodesk.directory.queries import contract_list, history, records
from heliodesk.directory.rules.contracts import create_contract, edit_contract
from heliodesk.directory.rules.refusals import contract_account_not_homeowner
from heliodesk.directory.views.accounts import number
from heliodesk.directory.views.keeping import keep, prefilled
from heliodesk.web.requests import DeskRequest

NAMES = [
    "contract_id", "status", "installer", "signed_on", "system_size_kw", "street", "city", "state",
    "postal_code", "country", "external_id",
]  # fmt: skip
PLACE = ("street", "city", "state", "postal_code", "country")


@require_safe
def contracts(request: DeskRequest) -> HttpResponse:
    """All contracts by contract ID, or those that the search field `q` finds."""
    get = request.GET.get
    text, status, org = (get("q") or "").strip(), get("status") or "", number(get("installer"))
    page = contract_list.contracts(
        text=text,
        status=status,
        org=org,
        after=(get("after") or "").replace("\x00", ""),
        before=(get("before") or "").replace("\x00", ""),
        by=request.actor,
    )
    context = {
        "page": page,
        "text": text,
        "status": status,
        "statuses": [("", "All"), *ContractStatus.choices],
        "org": access.visible_accounts(request.actor).filter(pk=org).first() if org else None,
    }
    return render(request, "directory/contracts.html", context)


@require_safe
def contract(request: DeskRequest, contract_id: str) -> HttpResponse:
    """A contract with its cases, interactions, jobs and files; New Case starts here (D2, H1)."""
    by = request.actor
    found = access.get_contract(contract_id, by=by)
    where = Q(contract=found)
    spoken, files = history.spoken_and_files(where, where, by=by)
    context = {
        "contract": found,
        "account": found.account,
        "cases": history.cases(where, by=by),
        "interactions": spoken,
        "files": files,
        "jobs": records.jobs(where),
        "shown": history.SHOWN,
        "may_keep": by.keeps_directory,
        "may_add": by.is_support,
    }
    return render(request, "directory/contract.html", context)


@require_http_methods(["GET", "POST"])
def contract_new(request: DeskRequest, pk: int) -> HttpResponse:
    """Create a contract of a homeowner; the address offered is the account's."""
    account = access.get_account(pk, by=request.actor)
    access.require_keeper(by=request.actor, to="create contracts")
    if account.is_installer:
        raise contract_account_not_homeowner()
    given = {name: getattr(account, name) for name in PLACE} | {"installer": account.parent_id}
    initial, _, draft = prefilled(request, f"account/{pk}/contract", NAMES, None, **given)
    form = ContractForm(request.POST or None, initial=initial)

    def act() -> str:
        made = create_contract(account, values=form.values(), by=request.actor)
        return made_at(made)

    return keep(
        request,
        form,
        act,
        title="New contract",
        sub=f"An agreement of {account.name}",
        back=f"/accounts/{pk}/",
        said="The contract was created.",
        draft=draft,
    )


@require_http_methods(["GET", "POST"])
def contract_edit(request: DeskRequest, contract_id: str) -> HttpResponse:
    """Edit a contract. Ending it is said on its open cases (D3)."""
    found = access.get_contract(contract_id, by=request.actor)
    access.require_keeper(by=request.actor, to="edit contracts")
    initial, was, draft = prefilled(request, f"contract/{found.pk}/edit", NAMES, found)
    form = ContractForm(request.POST or None, initial=initial, seen=was)

    def act() -> str:
        changed = edit_contract(found, values=form.values(), seen=form.seen, by=request.actor)
        return made_at(changed)

    return keep(
        request,
        form,
        act,
        title=f"Edit contract {found.contract_id}",
        sub="A new address also stands on its cases; Cancelled and Pending Cancellation are said "
        "on the open ones.",
        back=made_at(found),
        said="The contract was saved.",
        draft=draft,
    )


def made_at(contract: Contract) -> str:
    """The contract's address."""
    return f"/contracts/{quote(contract.contract_id, safe='')}/"
