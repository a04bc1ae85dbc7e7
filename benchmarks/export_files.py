"""A made-up Salesforce export of a given number of rows, written file by file."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.words import Writer

PREFIXES = {
    "User": "005", "Group": "00G", "Account": "001", "Contact": "003", "Contract": "800",
    "Case": "500", "Case_Assignment__c": "a0A", "CaseComment": "00a", "FeedItem": "0D5",
    "FeedComment": "0D7", "Task": "00T", "CaseHistory": "017",
}  # fmt: skip
ROWS_A_CASE = 10.5
PEOPLE, ORGS = 60, 200
BEGAN = datetime(2021, 1, 1, tzinfo=UTC)
TYPES = [
    ("System performance", "Inverter fault"), ("Billing and payments", "Payment not credited"),
    ("Installation", "Installation date"), ("Documents", "Tax papers"),
]  # fmt: skip
Row = list[object]


def sf(kind: str, number: int) -> str:
    """A record's ID of fifteen characters."""
    return f"{PREFIXES[kind]}{number:012d}"


class Company:
    """What the rows of all files agree on."""

    def __init__(self, rows: int, seed: int = 7) -> None:
        self.cases = max(10, int(rows / ROWS_A_CASE))
        self.homes = self.cases * 2 // 5
        self.chance = random.Random(seed)
        self.words = Writer(self.chance)

    def at(self, case: int, hours: float = 0) -> str:
        """A moment of a case's life, as the Data Export Service writes it."""
        begun = BEGAN + timedelta(minutes=case * 2_000_000 / self.cases)
        return f"{begun + timedelta(hours=hours):%Y-%m-%dT%H:%M:%S}.000Z"

    def is_open(self, case: int) -> bool:
        """The last two in a hundred are."""
        return case > self.cases * 0.98

    def person(self, number: int) -> str:
        """Somebody."""
        return sf("User", 1 + number % PEOPLE)


def write(folder: Path, rows: int) -> int:
    """Write the export; gives how many rows it has."""
    company = Company(rows)
    written = 0
    for name, (header, made) in FILES.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(header.split())
            for row in made(company):
                writer.writerow(row)
                written += 1
    return written


def users(company: Company) -> Iterator[Row]:
    """Agents, every fifth of them gone."""
    for number in range(1, PEOPLE + 1):
        mail = f"agent{number}@sun.example"
        active = "0" if number % 5 == 0 else "1"
        yield [sf("User", number), mail, "Agent", f"Number{number}", mail, active, "service agent"]


def accounts(company: Company) -> Iterator[Row]:
    """Orgs, and homeowners under them."""
    for number in range(1, ORGS + 1):
        yield [sf("Account", number), f"Org {number} LLC", "", "Installer", "1 Way", "Fresno"]
    for number in range(company.homes):
        parent = sf("Account", 1 + number % ORGS)
        key = sf("Account", 1000 + number)
        yield [key, f"Home Owner {number}", parent, "Homeowner", f"{number} Elm St", "Fresno"]


def contacts(company: Company) -> Iterator[Row]:
    """The signers."""
    for number in range(company.homes):
        account = sf("Account", 1000 + number)
        mail = f"home{number}@example.org"
        yield [sf("Contact", number), account, "Home", f"Owner {number}", mail, "Primary signer"]


def contracts(company: Company) -> Iterator[Row]:
    """One of each homeowner."""
    for number in range(company.homes):
        account = sf("Account", 1000 + number)
        yield [sf("Contract", number), account, f"C-{number:07d}", "Activated", f"{number} Elm St"]


def cases(company: Company) -> Iterator[Row]:
    """Homeowners' cases, most of them closed."""
    for case in range(1, company.cases + 1):
        home, stands = case % company.homes, company.is_open(case)
        kind, subtype = TYPES[case % len(TYPES)]
        owner = company.person(case * 5 + 1)
        yield [
            sf("Case", case), f"{case:08d}", sf("Account", 1000 + home), sf("Contact", home),
            sf("Contract", home), "Working" if stands else "Closed", "Medium", "Phone", kind,
            subtype, company.words.sentence(), company.words.text(3), owner, company.at(case),
            company.person(case), company.at(case, 50), owner,
            "" if stands else company.at(case, 50), "" if stands else "Resolved",
        ]  # fmt: skip


def some(company: Company, kind: str, each: float) -> Iterator[tuple[str, int]]:
    """So many of a kind for each case: their IDs, and of which case they are."""
    for number in range(int(company.cases * each)):
        yield sf(kind, number), 1 + int(number / each)


def assignments(company: Company) -> Iterator[Row]:
    """To Legal, all of them done."""
    for key, case in some(company, "Case_Assignment__c", 0.3):
        yield [
            key, sf("Case", case), "Legal", "Attorney letter", "Demand", company.words.sentence(),
            "Completed", company.person(case), company.words.sentence(), company.at(case, 20),
            company.at(case, 2), company.person(case),
        ]  # fmt: skip


def comments(company: Company) -> Iterator[Row]:
    """Plain text."""
    for key, case in some(company, "CaseComment", 2):
        text = company.words.text(3)
        yield [key, sf("Case", case), text, company.at(case, 3), company.person(case)]


def items(company: Company) -> Iterator[Row]:
    """Posts, every fourth of them rich, and tracked changes."""
    for number, (key, case) in enumerate(some(company, "FeedItem", 2)):
        text, rich = company.words.text(2), number % 4 == 0
        if number % 3 == 2:
            yield [key, sf("Case", case), "TrackedChange", "", "0", company.at(case, 4), ""]
        else:
            body = f"<p>{text} <b>Today</b> &amp; tomorrow</p>" if rich else text
            by = company.person(number)
            yield [
                key, sf("Case", case), "TextPost", body, str(int(rich)), company.at(case, 4), by,
            ]  # fmt: skip


def replies(company: Company) -> Iterator[Row]:
    """Under the posts."""
    for number, (key, case) in enumerate(some(company, "FeedComment", 0.5)):
        item = sf("FeedItem", number * 4)
        text = company.words.sentence()
        yield [key, item, sf("Case", case), text, company.at(case, 5), company.person(number)]


def tasks(company: Company) -> Iterator[Row]:
    """Reviews and calls."""
    for number, (key, case) in enumerate(some(company, "Task", 1)):
        subject, sort = ("Case Review", "Task") if number % 2 else ("Call", "Call")
        by = company.person(number)
        yield [
            key, sf("Case", case), subject, company.words.text(2), "Completed", sort, by,
            company.at(case, 6), by,
        ]  # fmt: skip


def history(company: Company) -> Iterator[Row]:
    """Status and owner."""
    for number, (key, case) in enumerate(some(company, "CaseHistory", 2.5)):
        field, old, new = (
            ("Status", "New", "Working") if number % 2 else ("Owner", "Agent A", "Agent B")
        )
        yield [key, sf("Case", case), field, old, new, company.at(case, 1), company.person(case)]


FILES = {
    "User": ("Id Username FirstName LastName Email IsActive UserRole.Name", users),
    "Account": ("Id Name ParentId RecordType.Name BillingStreet BillingCity", accounts),
    "Contact": ("Id AccountId FirstName LastName Email Title", contacts),
    "Contract": ("Id AccountId ContractNumber Status ShippingStreet", contracts),
    "Case": (
        """Id CaseNumber AccountId ContactId Contract__c Status Priority Origin Type Sub_Type__c
        Subject Description OwnerId CreatedDate CreatedById LastModifiedDate LastModifiedById
        ClosedDate Closed_Reason__c""", cases),
    "Case_Assignment__c": (
        """Id Case__c Department__c Referral_Reason__c Referral_Subtype__c Referral_Comments__c
        Status__c Assignee__c Resolution__c Completed_Date__c CreatedDate CreatedById""",
        assignments),
    "CaseComment": ("Id ParentId CommentBody CreatedDate CreatedById", comments),
    "FeedItem": ("Id ParentId Type Body IsRichText CreatedDate CreatedById", items),
    "FeedComment": ("Id FeedItemId ParentId CommentBody CreatedDate CreatedById", replies),
    "Task": (
        "Id WhatId Subject Description Status TaskSubtype OwnerId CreatedDate CreatedById", tasks),
    "CaseHistory": ("Id CaseId Field OldValue NewValue CreatedDate CreatedById", history),
}  # fmt: skip
