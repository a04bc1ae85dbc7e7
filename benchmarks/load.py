"""A desk of a given size: directory, cases in every state, five feed items each, by COPY."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase

from django.db import connection, transaction

from benchmarks.company import Company
from benchmarks.copying import copy, start_sequence_after
from heliodesk.cases.models import Case, CaseType, Closure, Priority, Status
from heliodesk.directory.models import Account, AccountKind, Contact, ContactRole, Contract
from heliodesk.feed.models import FeedItem

FIRST_NUMBER = 10_001
OPEN_SHARE = 0.08
QUEUED_SHARE = 0.5  # of the open ones
HOMEOWNER_SHARE = 0.8
CASES_A_CONTRACT = 3
QUIET_CONTRACTS = 10_000  # at most: without a case, for new ones to be created on
FEED_ITEMS = 5
TWO_YEARS = 730 * 86_400  # seconds
FIRST = ("Maria", "Tom", "Priya", "Luis", "Ana", "Wei", "Omar", "Grace", "Noah", "Lena", "Ravi")
LAST = ("Delgado", "Okafor", "Raman", "Nguyen", "Fischer", "Costa", "Haddad", "Kim", "Novak")
CITIES = [("Fresno", "CA"), ("Mesa", "AZ"), ("Reno", "NV"), ("Austin", "TX"), ("Tampa", "FL")]
#: Made-up words that share few trigrams: what two cases have in common is not their wording (B4).
WORDS = ["".join(random.Random(n).choices(ascii_lowercase, k=4 + n % 6)) for n in range(3_000)]
POST = "Called the customer back, checked the account, and agreed on the next step for this week."


@dataclass
class Directory:
    """Who there is: per Org its contact, per homeowner account contact, contract and Org."""

    orgs: list[tuple[int, int, str]] = field(default_factory=list)  # account, contact, name
    homes: list[tuple[int, int, int, int, str, str]] = field(default_factory=list)


def load(size: int, company: Company, *, now: datetime | None = None) -> None:
    """Fill an empty desk with `size` cases, and let PostgreSQL learn what is there."""
    chance = random.Random(size)
    now = now or datetime.now(UTC)
    with transaction.atomic():
        directory = _directory(size, chance)
        _cases(size, company, directory, now, chance)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _directory(size: int, chance: random.Random) -> Directory:
    made = Directory()
    org_count = 40 + size // 2_500
    accounts: list[tuple[object, ...]] = []
    contacts: list[tuple[object, ...]] = []
    contracts: list[tuple[object, ...]] = []
    for org in range(1, org_count + 1):
        name = f"{chance.choice(LAST)} Solar {org}"
        accounts.append((org, AccountKind.INSTALLER.value, name, None))
        contacts.append((org, org, f"{_name(chance)}", ContactRole.OPERATIONS.value, "", ""))
        made.orgs.append((org, org, name))
    busy = max(size // CASES_A_CONTRACT, 10)
    for home in range(busy + quiet_contracts(size)):
        key, org, name = org_count + home + 1, chance.randint(1, org_count), _name(chance)
        city, state = chance.choice(CITIES)
        street, code = f"{chance.randint(1, 9999)} Fir Lane", f"{chance.randint(10000, 99999)}"
        accounts.append((key, AccountKind.HOMEOWNER.value, name, org))
        mail, phone = f"home{key}@example.org", f"(619) 555-{home % 10_000:04d}"
        contacts.append((key, key, name, ContactRole.PRIMARY_SIGNER.value, mail, phone))
        contracts.append((home + 1, f"C-{100_000 + home}", key, org, street, city, state, code))
        address = f"{street}, {city}, {state} {code}"
        if home < busy:
            made.homes.append((key, key, home + 1, org, name, address))
    copy(Account, "id kind name parent_id", accounts)
    copy(Contact, "id account_id name role email phone", contacts)
    names = "id contract_id account_id installer_id street city state postal_code"
    copy(Contract, names, contracts)
    for model, rows in ((Account, accounts), (Contact, contacts), (Contract, contracts)):
        start_sequence_after(model, len(rows))
    return made


def quiet_contracts(size: int) -> int:
    """How many contracts without a case a desk of `size` cases gets."""
    return min(QUIET_CONTRACTS, 2 * size)


def description(chance: random.Random) -> str:
    """Some forty words that no other case has."""
    return " ".join(chance.choices(WORDS, k=40))


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FIRST)} {chance.choice(LAST)}"


CASE_COLUMNS = (
    "id number case_type status priority account_id contact_id contract_id installer_id "
    "customer_name property_address request_type_id request_subtype_id source_id description "
    "owner_agent_id owner_queue_id created_at created_by_id last_modified_at last_modified_by_id "
    "closed_at review_due_from"
)


def _cases(
    size: int, company: Company, directory: Directory, now: datetime, chance: random.Random
) -> None:
    cases = [_case(n, company, directory, now, chance) for n in range(1, size + 1)]
    copy(Case, CASE_COLUMNS, cases)
    closed = ((case[0], case[21], case[18]) for case in cases if case[21] is not None)
    reasons = company.reasons
    copy(
        Closure,
        "case_id reason_id closed_at closed_by_id",
        ((pk, reasons[int(str(pk)) % len(reasons)], at, by) for pk, at, by in closed),
    )
    copy(FeedItem, "case_id kind author_id at body body_html", _feed(cases))
    start_sequence_after(Case, size)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('cases_case_number', %s)", [FIRST_NUMBER + size])


def _case(
    n: int, company: Company, directory: Directory, now: datetime, chance: random.Random
) -> tuple[object, ...]:
    is_open = chance.random() < OPEN_SHARE
    queued = is_open and chance.random() < QUEUED_SHARE
    age = int(chance.expovariate(1 / (6 * 86_400))) if is_open else chance.randrange(TWO_YEARS)
    created = now - timedelta(seconds=age + 60)
    ended = None if is_open else created + (now - created) * chance.random() ** 3
    creator = chance.choice(company.frontline)
    request_type, subtype = chance.choice(company.subtypes)
    if chance.random() < HOMEOWNER_SHARE:
        case_type = CaseType.HOMEOWNER.value
        account, contact, contract, org, name, address = chance.choice(directory.homes)
    else:
        case_type = CaseType.INSTALLER.value
        account, contact, name = chance.choice(directory.orgs)
        contract, org, address = None, account, ""
    agents = company.back_office if chance.random() < 0.7 else company.frontline
    return (
        n,
        FIRST_NUMBER + n - 1,
        case_type,
        _status(is_open, queued, chance),
        Priority.HIGH if chance.random() < 0.12 else Priority.NORMAL,
        *(account, contact, contract, org, name, address),
        *(request_type, subtype, chance.choice(company.sources), description(chance)),
        *((None, company.queues[case_type]) if queued else (chance.choice(agents), None)),
        *(created, creator, ended or created, creator, ended, created),
    )


def _status(is_open: bool, queued: bool, chance: random.Random) -> str:
    if not is_open:
        return Status.CLOSED.value
    if queued and chance.random() < 0.8:
        return Status.NEW.value
    return chance.choice((Status.NEW, Status.AWAITING_SUPPORT, Status.AWAITING_CUSTOMER)).value


def _feed(cases: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    html = f"<p>{POST}</p>"
    for case in cases:
        created, author = case[17], case[18]
        assert isinstance(created, datetime)
        yield (case[0], "created", author, created, "", "")
        for item in range(1, FEED_ITEMS):
            yield (case[0], "post", author, created + timedelta(minutes=7 * item), POST, html)
