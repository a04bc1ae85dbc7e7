"""The list of accounts, an account, and its forms (D1, D2)."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from heliodesk.directory import access
from heliodesk.directory.forms.keeping import AccountForm
from heliodesk.directory.models import Account, AccountKind
from heliodesk.directory.queries import account_list, history, records
from heliodesk.directory.rules.accounts import create_account, edit_account
from heliodesk.directory.views.keeping import keep, prefilled
from heliodesk.web.requests import DeskRequest

NAMES = [
    "name", "parent", "account_manager", "sales_manager", "phone", "email", "street", "city",
    "state", "postal_code", "country", "external_id",
]  # fmt: skip


def number(text: str | None) -> int:
    """A positive whole number from an address; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0


@require_safe
def accounts(request: DeskRequest) -> HttpResponse:
    """All accounts by name, or those that the search field `q` finds."""
    get = request.GET.get
    text, kind, org = (get("q") or "").strip(), get("kind") or "", number(get("org"))
    page = account_list.accounts(
        text=text,
        kind=kind,
        org=org,
        after=number(get("after")),
        before=number(get("before")),
        by=request.actor,
    )
    context = {
        "page": page,
        "text": text,
        "kind": kind,
        "kinds": [("", "All"), *AccountKind.choices],
        "org": access.visible_accounts(request.actor).filter(pk=org).first() if org else None,
        "may_keep": request.actor.keeps_directory,
    }
    return render(request, "directory/accounts.html", context)


@require_safe
def account(request: DeskRequest, pk: int) -> HttpResponse:
    """Everything about an account in one place (D2)."""
    by = request.actor
    found = access.get_account(pk, by=by, reading=records.with_people(by))
    where = Q(account=found)
    spoken, files = history.spoken_and_files(where, where, by=by)
    context = {
        "account": found,
        "people": records.people(found),
        "cases": history.cases(where, by=by),
        "interactions": spoken,
        "files": files,
        "shown": history.SHOWN,
        "may_keep": by.keeps_directory,
        "may_add": by.is_support,
    }
    if found.is_installer:
        context["homeowners"] = records.homeowners(found, by=by)
        return render(request, "directory/org.html", context)
    context |= {"contracts": records.contracts(found, by=by), "may_erase": by.is_administrator}
    return render(request, "directory/homeowner.html", context)


@require_http_methods(["GET", "POST"])
def account_new(request: DeskRequest) -> HttpResponse:
    """Create an Org, or a homeowner under its Org."""
    access.require_keeper(by=request.actor, to="create accounts")
    kind = request.GET.get("kind", "")
    if kind not in AccountKind.values:
        return render(request, "directory/account_kind.html", {})
    given = {"parent": request.GET.get("org", "")} if kind == AccountKind.HOMEOWNER else {}
    initial, _, draft = prefilled(request, f"account/new/{kind}", NAMES, None, **given)
    form = AccountForm(request.POST or None, kind=kind, initial=initial)

    def act() -> str:
        made = create_account(kind=kind, values=form.values(), by=request.actor)
        return made_at(made)

    return keep(
        request,
        form,
        act,
        title="New Org" if kind == AccountKind.INSTALLER else "New homeowner account",
        sub="A company that sells and installs"
        if kind == AccountKind.INSTALLER
        else "The primary signer of a contract, under the Org",
        back="/accounts/",
        said="The account was created.",
        draft=draft,
    )


@require_http_methods(["GET", "POST"])
def account_edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Edit an account; two people's changes to different fields both stand (K2)."""
    found = access.get_account(pk, by=request.actor)
    access.require_keeper(by=request.actor, to="edit accounts")
    names = [n for n in NAMES if n not in (HIDDEN[found.kind])]
    initial, was, draft = prefilled(request, f"account/{pk}/edit", names, found)
    form = AccountForm(
        request.POST or None, kind=found.kind, account=found, initial=initial, seen=was
    )

    def act() -> str:
        edit_account(found, values=form.values(), seen=form.seen, by=request.actor)
        return made_at(found)

    return keep(
        request,
        form,
        act,
        title=f"Edit {found.name}",
        sub="A new name also stands on the account's cases.",
        back=made_at(found),
        said="The account was saved.",
        draft=draft,
    )


HIDDEN = {
    AccountKind.INSTALLER.value: ("parent",),
    AccountKind.HOMEOWNER.value: ("account_manager", "sales_manager"),
}


def made_at(account: Account) -> str:
    """The account's address."""
    return f"/accounts/{account.pk}/"
