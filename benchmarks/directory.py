"""Accounts, contacts, contracts and jobs of the measured desk. Each is worked out from its number
alone, so that whoever writes cases need not be told of them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

import psycopg

from benchmarks.company import Company
from benchmarks.copying import Lines
from heliodesk.demo import names
from heliodesk.demo.places import PLACES, TOWNS, TREES, WAYS
from heliodesk.directory.models import Account, Contact, Contract, Job

CASES_A_CONTRACT = 3
QUIET_CONTRACTS = 10_000  # at most: without a case, for new ones to be created on
FIRST_CONTRACT = 100_000
LINES_AT_ONCE = 50_000
STATUSES = ["active"] * 76 + ["pending"] * 12 + ["cancelled"] * 6 + ["completed"] * 4
STATUSES += ["pending_cancellation"] * 2
PHASES = ("Design", "OPS", "Installation", "Inspection", "PTO")
SURNAMES = ("Solar", "Energy", "Sun Works", "Renewables", "Roof & Sun", "Electric")


@dataclass(frozen=True, slots=True)
class Org:
    """An installer: its account, which is also the ID of its contact."""

    pk: int
    name: str
    contact_name: str
    managers: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Home:
    """A homeowner: `pk` is the ID of account and primary signer, `contract` that of the contract
    and its job."""

    pk: int
    contract: int
    org: int
    name: str
    street: str
    town: tuple[str, ...]
    phone: str
    email: str
    status: str

    @property
    def address(self) -> str:
        """The property's address, as a case shows it."""
        city, state, code = self.town[:3]
        return f"{self.street}, {city}, {state} {code}"


class Directory:
    """Who there is at a desk of `size` cases."""

    def __init__(self, size: int, company: Company) -> None:
        self.org_count = 40 + size // 2_500
        self.busy = max(size // CASES_A_CONTRACT, 10)
        self.quiet = min(QUIET_CONTRACTS, 2 * size)
        self.managers = [
            (member.pk, other.pk)
            for team in company.departments
            if team.wants_managers
            for member in team.members
            for other in team.members
        ]

    @cache  # noqa: B019 - as long as the process lives
    def org(self, number: int) -> Org:
        """The installer of that number, from 1."""
        chance = random.Random(f"org {number}")
        name, person = _names()[-number % len(_names())], chance.choice(_names())
        name = f"{name.rsplit(' ', 1)[-1]} {chance.choice(SURNAMES)}"
        return Org(number, f"{name} {number}", person, chance.choice(self.managers))

    def home(self, number: int) -> Home:
        """The homeowner of that number, from 0."""
        some = _mixed(number)
        people = _names()
        name = people[some % len(people)]
        some, town = some // 7, TOWNS[some // 11 % len(TOWNS)]
        tree, place = TREES[some // 13 % len(TREES)], PLACES[some // 17 % len(PLACES)]
        street = f"{some % 9_887 + 3} {tree} {place} {WAYS[some // 19 % len(WAYS)]}"
        pk = self.org_count + number + 1
        return Home(
            pk,
            number + 1,
            some // 23 % self.org_count + 1,
            name,
            street,
            town,
            f"({town[4]}) 555-{number % 10_000:04d}",
            f"home{pk}@example.org",
            STATUSES[some // 29 % len(STATUSES)] if number < self.busy else "active",
        )

    def copy(self, connection: psycopg.Connection[object]) -> None:
        """Write all of it."""
        tables = _Tables()
        for number in range(1, self.org_count + 1):
            tables.org(self.org(number))
        co_signer = self.org_count + self.busy + self.quiet
        for number in range(self.busy + self.quiet):
            tables.home(self.home(number))
            if number % 5 == 0:
                co_signer += 1
                tables.co_signer(co_signer, self.home(number), _names()[number % len(_names())])
            if number % LINES_AT_ONCE == 0:
                tables.copy(connection)
        tables.copy(connection)


class _Tables:
    def __init__(self) -> None:
        address = "street city state postal_code country"
        self.accounts = Lines(
            Account,
            f"id kind name parent_id account_manager_id sales_manager_id phone email {address}",
        )
        self.contacts = Lines(Contact, "id account_id name role email phone")
        self.contracts = Lines(Contract, f"id contract_id account_id installer_id status {address}")
        self.jobs = Lines(Job, "id job_id name phase contract_id installer_id")

    def org(self, org: Org) -> None:
        mail, phone = f"office{org.pk}@example.com", f"(800) 555-{org.pk:04d}"
        place = (f"{org.pk} Harbor Way", *TOWNS[org.pk % len(TOWNS)][:3], "United States")
        row = (org.pk, "installer", org.name, None, *org.managers, phone, mail, *place)
        self.accounts.add(*row)
        self.contacts.add(org.pk, org.pk, org.contact_name, "operations", mail, phone)

    def home(self, home: Home) -> None:
        place = (home.street, *home.town[:3], "United States")
        row = (home.pk, "homeowner", home.name, home.org, None, None, home.phone, home.email)
        self.accounts.add(*row, *place)
        self.contacts.add(home.pk, home.pk, home.name, "primary_signer", home.email, home.phone)
        name = contract_id(home.contract)
        self.contracts.add(home.contract, name, home.pk, home.org, home.status, *place)
        phase = PHASES[home.pk % len(PHASES)]
        title = f"{home.name}, {home.town[0]}"
        self.jobs.add(home.contract, job_id(home.contract), title, phase, home.contract, home.org)

    def co_signer(self, pk: int, home: Home, name: str) -> None:
        self.contacts.add(pk, home.pk, name, "co_signer", f"second.{home.email}", "")

    def copy(self, connection: psycopg.Connection[object]) -> None:
        for table in (self.accounts, self.contacts, self.contracts, self.jobs):
            table.copy(connection)


def contract_id(pk: int) -> str:
    """What people call the contract."""
    return f"C-{FIRST_CONTRACT + pk}"


def job_id(pk: int) -> str:
    """What Engine calls the job."""
    return f"J-{FIRST_CONTRACT + pk}"


@cache
def _names() -> list[str]:
    return names.everybody(random.Random(2))


def _mixed(number: int) -> int:
    """The number, well stirred: the same each time, and like no other."""
    number = (number + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    number = (number ^ (number >> 27)) * 0x94D049BB133111EB & 0xFFFFFFFFFFFFFFFF
    return number ^ (number >> 31)
