"""What the demo company's directory consists of, before it is put into the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from heliodesk.demo.places import Place


@dataclass
class Person:
    """A contact of an Org or a home; `key` is its place in the company, from 1."""

    key: int
    name: str
    role: str
    email: str
    phone: str
    since: datetime

    @property
    def first(self) -> str:
        """The first name."""
        return self.name.split()[0]


@dataclass
class Org:
    """A company that sells and installs. `sellers` are sales reps without a contact record."""

    key: int
    name: str
    place: Place
    phone: str
    email: str
    account_manager: str
    sales_manager: str
    since: datetime
    people: list[Person] = field(default_factory=list)
    sellers: list[str] = field(default_factory=list)

    def people_in(self, role: str) -> list[Person]:
        """Its contacts in that role."""
        return [person for person in self.people if person.role == role]


@dataclass
class Job:
    """A project in Engine."""

    key: int
    job_id: str
    name: str
    phase: str


@dataclass
class Agreement:
    """A contract with its job; `key` is its place in the company, from 1."""

    key: int
    contract_id: str
    status: str
    signed_on: date
    kw: Decimal
    panels: int
    place: Place
    org: Org
    since: datetime
    job: Job


@dataclass
class Home:
    """A homeowner account. The first of `people` is the primary signer."""

    key: int
    org: Org
    place: Place
    since: datetime
    people: list[Person] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)

    @property
    def signer(self) -> Person:
        """The primary signer, whose name the account bears."""
        return self.people[0]


@dataclass
class Company:
    """The whole directory. `strangers` are names that belong to nobody in it."""

    now: datetime
    orgs: list[Org]
    homes: list[Home]
    strangers: list[str]
