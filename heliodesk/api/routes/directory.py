"""The directory as everybody reads it, as far as K6 lets; Support adds contacts (D1)."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from heliodesk.api.bodies import Body, Text
from heliodesk.api.directory_schemas import AccountShown, ContactShown, ContractShown
from heliodesk.api.parameters import Cursor, Key, Limit, Name, Word
from heliodesk.api.queries import directory_shapes as shapes
from heliodesk.api.queries.listing import Condition, among
from heliodesk.api.requests import ApiRequest
from heliodesk.api.schemas import listed
from heliodesk.api.shown import shown_page, shown_row
from heliodesk.directory import access
from heliodesk.directory.models import (
    Account,
    AccountKind,
    Contact,
    ContactRole,
    Contract,
    ContractStatus,
)
from heliodesk.directory.rules import contacts

router = Router(tags=["Directory"])
AccountsPage = listed(AccountShown)
ContactsPage = listed(ContactShown)
ContractsPage = listed(ContractShown)


class NewContact(Body):
    """A person of an account."""

    name: Text
    role: ContactRole = ContactRole.OTHER
    email: Text = ""
    phone: Text = ""


@router.get("/accounts", response=AccountsPage)
def list_accounts(
    request: ApiRequest,
    kind: Annotated[AccountKind | None, Query(None)],
    parent: Annotated[int | None, Query(None, ge=1, description="The ID of the Org.")],
    external_id: Annotated[Word | None, Query(None)],
    name: Annotated[Word | None, Query(None, description="What the name begins with.")],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """Accounts in the order in which they were made."""
    conditions: list[Condition] = among("a.id", access.visible_accounts(request.actor))
    for sql, value in (
        ("a.kind = %s", kind.value if kind else None),
        ("a.parent_id = %s", parent),
        ("a.external_id = %s", external_id),
        ("starts_with(lower(a.name), lower(%s))", name),
    ):
        if value is not None:
            conditions.append((sql, [value]))
    return shown_page(request, shapes.ACCOUNT, conditions, limit=limit)


@router.get("/accounts/{account_id}", response=AccountShown)
def get_account(request: ApiRequest, account_id: Key) -> HttpResponse:
    """An account."""
    return shown_account(access.get_account(account_id, by=request.actor))


@router.get("/accounts/{account_id}/contacts", response=ContactsPage)
def list_contacts(
    request: ApiRequest, account_id: Key, cursor: Cursor, limit: Limit
) -> HttpResponse:
    """The contacts of an account."""
    account = access.get_account(account_id, by=request.actor)
    conditions = among("p.id", access.visible_contacts(request.actor))
    of_account: Condition = ("p.account_id = %s", [account.pk])
    return shown_page(request, shapes.CONTACT, [*conditions, of_account], limit=limit)


@router.post("/accounts/{account_id}/contacts", response={201: ContactShown})
def create_contact(request: ApiRequest, account_id: Key, body: NewContact) -> HttpResponse:
    """Add a contact; anybody in Support may (D1)."""
    account = access.get_account(account_id, by=request.actor)
    made = contacts.add_contact(account, values=body.dict(), by=request.actor)
    return shown_contact(made, status=201)


@router.get("/contracts", response=ContractsPage)
def list_contracts(
    request: ApiRequest,
    account: Annotated[int | None, Query(None, ge=1)],
    installer: Annotated[int | None, Query(None, ge=1)],
    status: Annotated[ContractStatus | None, Query(None)],
    cursor: Cursor,
    limit: Limit,
) -> HttpResponse:
    """Contracts in the order in which they were made."""
    conditions: list[Condition] = among("k.id", access.visible_contracts(request.actor))
    for sql, value in (
        ("k.account_id = %s", account),
        ("k.installer_id = %s", installer),
        ("k.status = %s", status.value if status else None),
    ):
        if value is not None:
            conditions.append((sql, [value]))
    return shown_page(request, shapes.CONTRACT, conditions, limit=limit)


@router.get("/contracts/{contract_id}", response=ContractShown)
def get_contract(request: ApiRequest, contract_id: Name) -> HttpResponse:
    """A contract by its contract ID."""
    return shown_contract(access.get_contract(contract_id, by=request.actor))


def shown_account(account: Account, *, status: int = 200) -> HttpResponse:
    """The account as it is now."""
    return shown_row(shapes.ACCOUNT, "a.id = %s", [account.pk], what="account", status=status)


def shown_contact(contact: Contact, *, status: int = 200) -> HttpResponse:
    """The contact as it is now."""
    return shown_row(shapes.CONTACT, "p.id = %s", [contact.pk], what="contact", status=status)


def shown_contract(contract: Contract, *, status: int = 200) -> HttpResponse:
    """The contract as it is now."""
    return shown_row(shapes.CONTRACT, "k.id = %s", [contract.pk], what="contract", status=status)
