"""Making the directory: Orgs with their people, homes with contracts in every status, jobs."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random

from heliodesk.demo.company import Agreement, Company, Home, Job, Org, Person
from heliodesk.demo.names import everybody
from heliodesk.demo.people import ACCOUNT_MANAGERS, SALES_MANAGERS
from heliodesk.demo.places import Homes, Place

HOMES = 1500
ORG_NAMES = """\
Quailbrook Solar Works; Saltgrass Sun Company; Tinfeather Energy; Juniper Mesa Solar Builders
Kestrel & Daughters Electric; Copperline Rooftop Power; Bluestem Photovoltaics; Three Wrens Solar
Larkspur Valley Energy; Marrowbone Electric; Ninth Meridian Solar; Ocotillo Roof & Sun
Pale Horse Renewables; Lantern Hill Power; Rustwater Solar; Sandpiper Home Energy
Thistledown Solar; Umber Ridge Installers; Vireo Sunworks; Wickiup Energy Partners
Yellow Barn Solar; Zephyr Flats Power; Amberjack Coastal Solar; Bramblegate Energy
Cinder Cone Solar; Driftless Sun Crew; Eiderdown Energy; Foxtail Rooftops
Gannet Point Solar; Hollyhock Home Power; Inkberry Electric; Jackrabbit Sun & Storage
Kingbird Solar Cooperative; Longleaf Energy Services; Moonvine Solar; Northfork Sunwrights
Old Orchard Photovoltaics; Pinyon Sky Energy; Quarterdeck Solar; Redshank Renewables"""
DOMAINS = ("example.com", "example.org", "example.net", "mail.example", "post.example")
PHASES = ("SALES", "DESIGN", "PERMIT", "INSTALL", "OPS", "PTO")
STATUSES = ("active", "pending", "pending_cancellation", "cancelled", "completed")
SHARES = (74, 13, 3, 6, 4)
ROLES = ("owner", "operations", "operations", "accounting", "sales_rep", "sales_rep", "sales_rep")


def make_company(rng: Random, now: datetime, *, homes: int = HOMES) -> Company:
    """The directory as it stands at `now`; the same for the same `rng` and `now`."""
    maker = Maker(rng, now)
    orgs = [maker.org(name) for line in ORG_NAMES.splitlines() for name in line.split("; ")]
    made = [maker.home(rng.choice(orgs)) for _ in range(homes)]
    return Company(now, orgs, made, strangers=maker.names)


class Maker:
    """Makes one thing after the other and never the same name, address, number or ID twice."""

    def __init__(self, rng: Random, now: datetime) -> None:
        self.rng, self.now = rng, now
        self.names = everybody(rng)
        self.homes = Homes(rng)
        self.org_keys, self.home_keys, self.person_keys = count(1), count(1), count(1)
        self.agreement_keys, self.job_keys = count(1), count(1)
        self.contract_numbers = rng.sample(range(204_000, 391_000), 4 * HOMES)
        self.job_numbers = rng.sample(range(41_000, 88_000), 4 * HOMES)

    def past(self, least: int, most: int) -> datetime:
        """A moment between `least` and `most` days ago."""
        return self.now - timedelta(minutes=self.rng.randint(least * 1440, most * 1440))

    def person(self, role: str, area_code: str, since: datetime, domain: str = "") -> Person:
        """A new contact."""
        name, key = self.names.pop(), next(self.person_keys)
        email = f"{plain(name, '.')}@{domain or self.rng.choice(DOMAINS)}"
        return Person(key, name, role, email, self.homes.phone(area_code), since)

    def org(self, name: str) -> Org:
        """An Org with its owner, operations, accounting and sales reps."""
        place = self.homes.place()
        domain = plain(name, "-") + ".example"
        org = Org(
            next(self.org_keys),
            name,
            place,
            self.homes.phone(place.area_code),
            f"office@{domain}",
            self.rng.choice(ACCOUNT_MANAGERS),
            self.rng.choice(SALES_MANAGERS),
            self.past(500, 2400),
        )
        roles = ROLES[: self.rng.randint(4, len(ROLES))]
        org.people = [self.person(role, place.area_code, org.since, domain) for role in roles]
        org.sellers = [self.names.pop() for _ in range(3)]
        return org

    def home(self, org: Org) -> Home:
        """A home with signer, perhaps co-signer, and one contract or two."""
        near = self.rng.random() < 0.7
        place = self.homes.place(org.place.state if near else "")
        home = Home(next(self.home_keys), org, place, self.past(370, 1500))
        home.people = [self.person("primary_signer", place.area_code, home.since)]
        if self.rng.random() < 0.42:
            home.people.append(self.person("co_signer", place.area_code, home.since))
        home.agreements = [self.agreement(home, place)]
        if self.rng.random() < 0.09:
            other = place if self.rng.random() < 0.5 else self.homes.place(place.state)
            home.agreements.append(self.agreement(home, other))
        return home

    def agreement(self, home: Home, place: Place) -> Agreement:
        """A contract at the place, with its job where the project has begun."""
        (status,) = self.rng.choices(STATUSES, SHARES)
        panels = self.rng.randint(11, 38)
        since = home.since + timedelta(hours=self.rng.randint(2, 200))
        if status == "pending":
            since = self.past(5, 240)
            home.since = max(home.since, since) if not home.agreements else home.since
        return Agreement(
            next(self.agreement_keys),
            f"C-{self.contract_numbers.pop()}",
            status,
            since.date(),
            (Decimal(panels) * Decimal("0.405")).quantize(Decimal("0.01")),
            panels,
            place,
            home.org,
            since,
            self.job(status, home, place),
        )

    def job(self, status: str, home: Home, place: Place) -> Job:
        """The project in Engine."""
        phase = "PTO" if status in {"active", "completed"} else self.rng.choice(PHASES)
        name = f"{home.signer.name}, {place.city}"
        return Job(next(self.job_keys), f"J-{self.job_numbers.pop()}", name, phase)


def plain(name: str, joint: str) -> str:
    """The name in the letters of an address: "Núñez-O'Hara" gives `nunez.ohara`."""
    special = name.replace("Đ", "D").replace("đ", "d").replace("ø", "o").replace("Ø", "O")
    special = special.replace("ß", "ss").replace("Ł", "L").replace("ł", "l").replace("&", "and")
    folded = unicodedata.normalize("NFKD", special).encode("ascii", "ignore").decode().lower()
    words = "".join(letter if letter.isalnum() else " " for letter in folded.replace("'", ""))
    return joint.join(words.split())
