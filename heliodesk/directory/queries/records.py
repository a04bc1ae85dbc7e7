"""The parts of a directory record's page that are not its history (D2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from heliodesk.cases.queries.customers import contracts_of
from heliodesk.directory.access import visible_accounts, visible_contacts
from heliodesk.directory.models import Account, Contact, ContactRole, Contract, Job
from heliodesk.directory.queries.account_list import AccountRow, read
from heliodesk.people.access import Actor

SHOWN = 15  # homeowners of an Org on its page
PEOPLE = 60  # contacts on a page


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as a record's page lists it."""

    pk: int
    name: str
    role: str
    phone: str
    email: str
    is_active: bool


def with_people(by: Actor) -> Callable[[QuerySet[Account]], QuerySet[Account]]:
    """Reads an account's contacts along with it, in the same statement; `people` unpacks them."""
    rows = visible_contacts(by).filter(account=OuterRef("pk")).order_by("-is_active", "name")
    one = JSONObject(
        pk="pk", name="name", role="role", phone="phone", email="email", is_active="is_active"
    )
    found = ArraySubquery(rows.values(one=one)[: PEOPLE + 1])
    return lambda accounts: accounts.annotate(contact_rows=found)


def people(account: Any) -> list[Person]:
    """The contacts that were read along: primary signer first, those who left last."""
    places = {role.value: place for place, role in enumerate(ContactRole)}
    rows = sorted(account.contact_rows, key=lambda row: (not row["is_active"], places[row["role"]]))
    return [Person(**row | {"role": str(ContactRole(row["role"]).label)}) for row in rows]


def contracts(account: Account, *, by: Actor) -> list[Contract]:
    """A homeowner's contracts, the one that H2 offers first in front. One statement."""
    return contracts_of(account, by=by)


def homeowners(org: Account, *, by: Actor) -> list[AccountRow]:
    """The newest homeowners of an Org with their contracts, at most `SHOWN` + 1. One statement."""
    return read(visible_accounts(by).filter(parent=org).order_by("-pk")[: SHOWN + 1], by=by)


def jobs(where: Q, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Jobs in Engine, newest first, at most `limit` + 1. One statement."""
    rows = Job.objects.filter(where).order_by("-pk")
    columns = ("pk", "job_id", "name", "phase", "contract__contract_id")
    return [dict(row) for row in rows.values(*columns)[: limit + 1]]


def contact_cases(contact: Contact) -> Q:
    """The cases that a contact stands on, as the customer's or as the installer's contact."""
    return Q(contact=contact) | Q(installer=contact.account_id, installer_contact=contact)
