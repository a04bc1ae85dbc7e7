"""What is answered of the directory, for the document: the same as `queries/shapes.py` writes."""

from __future__ import annotations

from datetime import date, datetime

from heliodesk.api.schemas import Named, Shown
from heliodesk.directory.models import AccountKind, ContactRole, ContractStatus


class Address(Shown):
    """An address."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str


class AccountShown(Shown):
    """An account: an Org, or a homeowner with theirs as parent."""

    id: int
    kind: AccountKind
    name: str
    parent: Named | None
    account_manager: Named | None
    sales_manager: Named | None
    phone: str
    email: str
    address: Address
    external_id: str
    created_at: datetime


class ContactShown(Shown):
    """A person of an account."""

    id: int
    account: Named
    name: str
    role: ContactRole
    email: str
    phone: str
    is_active: bool
    external_id: str
    created_at: datetime


class ContractShown(Shown):
    """A homeowner's agreement."""

    contract_id: str
    status: ContractStatus
    account: Named
    installer: Named
    address: Address
    signed_on: date | None
    system_size_kw: str | None
    external_id: str
    created_at: datetime


class JobShown(Shown):
    """A project in Engine."""

    job_id: str
    name: str
    phase: str
    installer: Named
    contract_id: str | None
    created_at: datetime
