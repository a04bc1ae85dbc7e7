"""Choosing whom a case is about, and what it can be about."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from heliodesk.demo.casework import Subject
from heliodesk.demo.company import Agreement, Company, Home, Org
from heliodesk.demo.directory import plain
from heliodesk.demo.story import Story

INSTALLER_TYPES = {
    "Installer payments": 36,
    "Job and project": 38,
    "Installer tools and access": 26,
}
# What homeowners ask about, in a hundred, by the status of their contract.
OFTEN: dict[str, dict[str, int]] = {
    "active": {
        "Billing and payments": 23, "System performance": 17, "Monitoring and app": 15,
        "Installation": 5, "Service and repair": 13, "Contract changes": 4,
        "Transfer of ownership": 8, "Sales concerns": 5, "Documents": 5,
        "Contact details and consent": 3, "Complaints and legal": 2,
    },
    "pending": {
        "Installation": 44, "Contract changes": 20, "Sales concerns": 18, "Documents": 8,
        "Contact details and consent": 6, "Complaints and legal": 4,
    },
    "pending_cancellation": {
        "Contract changes": 45, "Sales concerns": 30, "Complaints and legal": 15, "Documents": 10,
    },
    "cancelled": {
        "Billing and payments": 35, "Documents": 25, "Contact details and consent": 20,
        "Complaints and legal": 10, "Sales concerns": 10,
    },
    "completed": {
        "Documents": 35, "Service and repair": 30, "Transfer of ownership": 20,
        "Contact details and consent": 15,
    },
}  # fmt: skip


class Subjects:
    """Deals subjects and stories, some customers more often than others."""

    def __init__(self, company: Company, told: list[Story], rng: Random) -> None:
        self.company, self.rng = company, rng
        self.by_type: dict[str, list[Story]] = defaultdict(list)
        for story in told:
            self.by_type[story.request_type].append(story)
        self.of_org: dict[int, list[Home]] = defaultdict(list)
        for home in company.homes:
            self.of_org[home.org.key].append(home)
        self.often = rng.sample(company.homes, len(company.homes) // 4)

    def homeowner(self, at: datetime) -> Subject:
        """A home with a contract that was signed by then; more often one that has called before."""
        rng = self.rng
        while True:
            home = rng.choice(self.often if rng.random() < 0.5 else self.company.homes)
            signed = [each for each in home.agreements if each.since < at - timedelta(days=1)]
            if signed and (len(signed[0].status) < 8 or rng.random() < 0.5):
                return self.of_home(home, rng.choice(signed))

    def of_home(self, home: Home, agreement: Agreement) -> Subject:
        """The home's signer, seldom the co-signer, and perhaps somebody at the installer."""
        person = home.signer if self.rng.random() < 0.86 else self.rng.choice(home.people)
        subject = Subject(home.org, home, agreement, person)
        if self.rng.random() < 0.35:
            subject.installer_contact = self.rng.choice(home.org.people)
        return subject

    def installer(self) -> Subject:
        """An Org by one of its people, often about a job; seldom by an unrecorded sales rep."""
        rng, org = self.rng, self.rng.choice(self.company.orgs)
        homes = self.of_org[org.key]
        home = rng.choice(homes) if homes else None
        subject = Subject(org, home, person=rng.choice(org.people))
        if home and rng.random() < 0.6:
            subject.job = home.agreements[0].job
        if rng.random() < 0.12:
            name = rng.choice(org.sellers)
            domain = org.email.partition("@")[2]
            subject.person, subject.seller = None, (name, f"{plain(name, '.')}@{domain}")
        return subject

    def stranger(self, org: Org, phone: str, address: str) -> Subject:
        """Somebody who is in no record, only their Org is (N5)."""
        return Subject(org, stranger=(self.company.strangers.pop(), phone, address))

    def story_for(self, subject: Subject) -> Story:
        """What it is about, by who asks."""
        if subject.agreement:
            types = OFTEN[subject.agreement.status]
        elif subject.stranger:
            types = OFTEN["pending"]
        else:
            types = INSTALLER_TYPES
        (chosen,) = self.rng.choices(list(types), list(types.values()))
        return self.rng.choice(self.by_type[chosen])
