"""Accounts, contacts, contracts and jobs of the demo company."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from heliodesk.demo.company import Agreement, Company, Home, Org, Person
from heliodesk.demo.places import Place
from heliodesk.demo.table import Table
from heliodesk.directory.models import Account, Contact, Contract, Job
from heliodesk.people.models import User


@dataclass
class Ids:
    """What the directory's things are called in the database, by their keys in the company."""

    orgs: dict[int, int] = field(default_factory=dict)
    homes: dict[int, int] = field(default_factory=dict)
    people: dict[int, int] = field(default_factory=dict)
    agreements: dict[int, int] = field(default_factory=dict)


def load_directory(company: Company, users: dict[str, User]) -> Ids:
    """Write the whole directory; gives its IDs."""
    loading = Directory(users)
    for org in company.orgs:
        loading.org(org)
    for home in company.homes:
        loading.home(home)
    for table in (loading.accounts, loading.contacts, loading.contracts, loading.jobs):
        table.copy()
    return loading.ids


class Directory:
    """The tables of the directory, while they fill."""

    def __init__(self, users: dict[str, User]) -> None:
        self.users, self.ids = users, Ids()
        self.accounts, self.contacts = Table(Account), Table(Contact)
        self.contracts, self.jobs = Table(Contract), Table(Job)

    def org(self, org: Org) -> None:
        """An installer account with its contacts."""
        self.ids.orgs[org.key] = account = self.accounts.add(
            kind="installer",
            name=org.name,
            phone=org.phone,
            email=org.email,
            account_manager_id=self.users[org.account_manager].pk,
            sales_manager_id=self.users[org.sales_manager].pk,
            created_at=org.since,
            **address(org.place),
        )
        for person in org.people:
            self.person(person, account)

    def home(self, home: Home) -> None:
        """A homeowner account with its contacts, contracts and jobs."""
        self.ids.homes[home.key] = account = self.accounts.add(
            kind="homeowner",
            name=home.signer.name,
            parent_id=self.ids.orgs[home.org.key],
            phone=home.signer.phone,
            email=home.signer.email,
            created_at=home.since,
            **address(home.place),
        )
        for person in home.people:
            self.person(person, account)
        for agreement in home.agreements:
            self.agreement(agreement, account)

    def person(self, person: Person, account: int) -> None:
        """A contact of the account."""
        self.ids.people[person.key] = self.contacts.add(
            account_id=account,
            name=person.name,
            role=person.role,
            email=person.email,
            phone=person.phone,
            created_at=person.since,
        )

    def agreement(self, agreement: Agreement, account: int) -> None:
        """A contract of the account, and its job."""
        org = self.ids.orgs[agreement.org.key]
        self.ids.agreements[agreement.key] = contract = self.contracts.add(
            contract_id=agreement.contract_id,
            account_id=account,
            installer_id=org,
            status=agreement.status,
            signed_on=agreement.signed_on,
            system_size_kw=agreement.kw,
            created_at=agreement.since,
            **address(agreement.place),
        )
        self.jobs.add(
            job_id=agreement.job.job_id,
            installer_id=org,
            contract_id=contract,
            name=agreement.job.name,
            phase=agreement.job.phase,
            created_at=agreement.since,
        )


def address(place: Place) -> dict[str, Any]:
    """The address in its columns."""
    return {
        "street": place.street,
        "city": place.city,
        "state": place.state,
        "postal_code": place.postal_code,
        "country": "United States",
    }
