"""The directory as other systems keep it current: by external ID, repeatably (D1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db import connection, transaction
from django.http import HttpResponse
from pydantic import Field

from heliodesk.api import chosen
from heliodesk.api.auth import Bearer
from heliodesk.api.bodies import Body, Flag, Id, Text
from heliodesk.api.directory_schemas import AccountShown, ContactShown, ContractShown, JobShown
from heliodesk.api.models import Scope
from heliodesk.api.parameters import Name
from heliodesk.api.queries import directory_shapes as shapes
from heliodesk.api.requests import ApiRequest
from heliodesk.api.routes.directory import (
    router,
    shown_account,
    shown_contact,
    shown_contract,
)
from heliodesk.api.shown import shown_row
from heliodesk.core.refusal import Refused
from heliodesk.directory import access
from heliodesk.directory.models import (
    Account,
    AccountKind,
    Contact,
    ContactRole,
    Contract,
    ContractStatus,
    Job,
)
from heliodesk.directory.rules import accounts, contacts, contracts, jobs
from heliodesk.people.access import Actor
from heliodesk.people.models import User

KEEPING = Bearer(least=Scope.ADMIN)
TEXTS = ("name", "phone", "email", "street", "city", "state", "postal_code", "country")
CLAIM = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class AddressParts(Body):
    """An address; what is not given stays as it is."""

    street: Text | None = None
    city: Text | None = None
    state: Text | None = None
    postal_code: Text | None = None
    country: Text | None = None


class AccountUpsert(AddressParts):
    """An account as another system knows it. `parent` is its Org's external ID."""

    kind: AccountKind
    name: Text
    parent: Text | None = None
    account_manager: Id | None = None
    sales_manager: Id | None = None
    phone: Text | None = None
    email: Text | None = None


class ContactUpsert(Body):
    """A contact as another system knows it. `account` is its account's external ID."""

    account: Text
    name: Text
    role: ContactRole | None = None
    email: Text | None = None
    phone: Text | None = None
    is_active: Flag | None = None


class ContractUpsert(AddressParts):
    """A contract as another system knows it; accounts by their external IDs."""

    account: Text
    installer: Text | None = None
    status: ContractStatus | None = None
    signed_on: Annotated[date, Field(strict=False)] | None = None
    system_size_kw: Annotated[Decimal, Field(strict=False, ge=0, le=99_999)] | None = None


class JobUpsert(Body):
    """A job as Engine knows it. `installer` is the Org's external ID."""

    installer: Text
    contract_id: Text | None = None
    name: Text | None = None
    phase: Text | None = None


@router.put(
    "/accounts/by-external-id/{external_id}",
    response={200: AccountShown, 201: AccountShown},
    auth=KEEPING,
)
def upsert_account(request: ApiRequest, external_id: Name, body: AccountUpsert) -> HttpResponse:
    """Make the account of this external ID, or bring it up to date (D1)."""
    by = request.actor
    values = given(body, but={"kind", "parent", "account_manager", "sales_manager"})
    if "parent" in body.model_fields_set:
        values["parent"] = org(body.parent, "parent", by=by)
    for name in body.model_fields_set & {"account_manager", "sales_manager"}:
        values[name] = chosen.row(User.objects.all(), getattr(body, name), name)
    with claimed("account", external_id):
        found = Account.objects.filter(external_id=external_id).first()
        if found is not None:
            return shown_account(
                accounts.edit_account(found, values=values | {"kind": body.kind.value}, by=by)
            )
        values["external_id"] = external_id
        made = accounts.create_account(kind=body.kind.value, values=values, by=by)
    return shown_account(made, status=201)


@router.put(
    "/contacts/by-external-id/{external_id}",
    response={200: ContactShown, 201: ContactShown},
    auth=KEEPING,
)
def upsert_contact(request: ApiRequest, external_id: Name, body: ContactUpsert) -> HttpResponse:
    """Make the contact of this external ID, or bring it up to date (D1)."""
    by = request.actor
    account = by_external_id(body.account, "account", by=by)
    values = given(body, but={"account"})
    with claimed("contact", external_id):
        found = Contact.objects.filter(external_id=external_id).first()
        if found is not None:
            values["account"] = account
            return shown_contact(contacts.edit_contact(found, values=values, by=by))
        values["external_id"] = external_id
        made = contacts.add_contact(account, values=values, by=by)
    return shown_contact(made, status=201)


@router.put(
    "/contracts/{contract_id}",
    response={200: ContractShown, 201: ContractShown},
    auth=KEEPING,
)
def upsert_contract(request: ApiRequest, contract_id: Name, body: ContractUpsert) -> HttpResponse:
    """Make the contract of this contract ID, or bring it up to date (D1, D3)."""
    by = request.actor
    account = by_external_id(body.account, "account", by=by)
    values = given(body, but={"account", "installer"})
    if body.installer is not None:
        values["installer"] = org(body.installer, "installer", by=by)
    with claimed("contract", contract_id):
        found = Contract.objects.filter(contract_id__iexact=contract_id).first()
        if found is not None:
            values["account"] = account
            return shown_contract(contracts.edit_contract(found, values=values, by=by))
        values["contract_id"] = contract_id
        made = contracts.create_contract(account, values=values, by=by)
    return shown_contract(made, status=201)


@router.put("/jobs/{job_id}", response={200: JobShown, 201: JobShown}, auth=KEEPING)
def upsert_job(request: ApiRequest, job_id: Name, body: JobUpsert) -> HttpResponse:
    """Make the job of this job ID, or bring it up to date (D1, N4)."""
    by = request.actor
    installer = by_external_id(body.installer, "installer", by=by)
    values = given(body, but={"installer", "contract_id"})
    if "contract_id" in body.model_fields_set:
        values["contract"] = chosen.contract(body.contract_id, "contract_id", by=by)
    with claimed("job", job_id):
        found = Job.objects.filter(job_id__iexact=job_id).select_related("contract").first()
        if found is not None:
            if found.installer_id != installer.pk:
                raise Refused(
                    "job_of_another_org",
                    f"Job {found} is {found.installer}'s, and a job stays with its Org.",
                    rule="D1",
                    field="installer",
                )
            return shown_job(jobs.edit_job(found, values=values, by=by))
        values["job_id"] = job_id
        made = jobs.create_job(installer, values=values, by=by)
    return shown_job(made, status=201)


class claimed(transaction.Atomic):  # noqa: N801 - reads as the word it is
    """A transaction in which nobody else makes or changes what has this ID."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(using=None, savepoint=True, durable=False)
        self.key = f"{what} {key.lower()}"

    def __enter__(self) -> None:
        super().__enter__()
        with connection.cursor() as cursor:
            cursor.execute(CLAIM, [self.key])


def given(body: Body, *, but: set[str]) -> dict[str, Any]:
    """What was given, as the rules take it: "" for a text that is null, the value of a choice."""
    values = body.dict(exclude_unset=True, exclude=but)
    return {
        name: "" if value is None and name in TEXTS else getattr(value, "value", value)
        for name, value in values.items()
        if value is not None or name in TEXTS or name in {"signed_on", "system_size_kw"}
    }


def by_external_id(external_id: str, field: str, *, by: Actor) -> Account:
    """The account that another system knows by this ID."""
    rows = access.visible_accounts(by).select_related("parent")
    return chosen.found(rows.filter(external_id=external_id).first(), external_id, field)


def org(external_id: str | None, field: str, *, by: Actor) -> Account | None:
    """The same, or None for none."""
    return None if external_id is None else by_external_id(external_id, field, by=by)


def shown_job(job: Job, *, status: int = 200) -> HttpResponse:
    """The job as it is now."""
    return shown_row(shapes.JOB, "j.id = %s", [job.pk], what="job", status=status)
