"""The parts of a directory record's page that are not its history (D2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

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


def people(account: Account, *, by: Actor) -> list[Person]:
    """The account's contacts: primary signer first, those who left last. One statement."""
    rows = visible_contacts(by).filter(account=account).order_by("-is_active", "name")
    found = rows.values_list("pk", "name", "role", "phone", "email", "is_active")[: PEOPLE + 1]
    listed = [
        Person(pk, name, str(ContactRole(role).label), phone, email, is_active)
        for pk, name, role, phone, email, is_active in found
    ]
    places = {str(role.label): place for place, role in enumerate(ContactRole)}
    return sorted(listed, key=lambda one: (not one.is_active, places[one.role]))


def contracts(account: Account, *, by: Actor) -> list[Contract]:
    """A homeowner's contracts, the one that H2 offers first in front. One statement."""
    return contracts_of(account, by=by)


def homeowners(org: Account, *, by: Actor) -> list[AccountRow]:
    """The newest homeowners of an Org with their contracts, at most `SHOWN` + 1. One statement."""
    return read(visible_accounts(by).filter(parent=org).order_by("-pk")[: SHOWN + 1])


def jobs(where: Q, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Jobs in Engine, newest first, at most `limit` + 1. One statement."""
    rows = Job.objects.filter(where).order_by("-pk")
    columns = ("pk", "job_id", "name", "phase", "contract__contract_id")
    return [dict(row) for row in rows.values(*columns)[: limit + 1]]


def contact_cases(contact: Contact) -> Q:
    """The cases that a contact stands on, as the customer's or as the installer's contact."""
    return Q(contact=contact) | Q(installer=contact.account_id, installer_contact=contact)
