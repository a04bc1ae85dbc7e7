"""A small desk with every kind of case in it, drawn by chance but always the same."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from heliodesk.assignments.models import AssignmentStatus
from heliodesk.cases.models import Case, Closure, ContractGap, Follower, Merge, Priority, Status
from heliodesk.core import clock
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast

OPEN = (Status.NEW, Status.AWAITING_SUPPORT, Status.AWAITING_CUSTOMER, Status.INTERNAL_REFERRAL)
NAMES = ("Maria Delgado", "maria delmar", "Tom Okafor", "Ñuñez 100%", "O'Neil_Smith", "Zoë")
TEXTS = ("Autopay was charged twice.", "The inverter shows a red light.", "No word since October.")


def fill(company: Cast, count: int, seed: int = 4) -> list[Case]:
    """Insert that many cases of every kind; gives them."""
    chance = random.Random(seed)
    made: list[Case] = []
    for _ in range(count):
        made.append(_case(company, chance, made))
    return made


def _case(company: Cast, chance: random.Random, earlier: list[Case]) -> Case:
    now = clock.now()
    created = now - timedelta(minutes=chance.choice((0, 30, 600, 1_500, 9_000, 60_000, 600_000)))
    is_closed = chance.random() < 0.4
    fields: dict[str, Any] = {
        "created_at": created,
        "last_modified_at": _between(chance, created, now),
        "review_due_from": created,
        "status": Status.CLOSED if is_closed else chance.choice(OPEN),
        "priority": chance.choice(tuple(Priority)),
        "source": chance.choice((company.phone, company.email)),
        "description": chance.choice(TEXTS),
        "job_id": chance.choice(("", "", "J-1", "J-22")),
        "created_by": chance.choice((company.frank, company.fiona)),
        "last_modified_by": chance.choice((company.frank, company.bea)),
        "previous_case": chance.choice(earlier) if earlier and chance.random() < 0.2 else None,
    }
    if is_closed:
        fields["closed_at"] = _between(chance, created, now)
    if chance.random() < 0.3:
        fields |= {"owner_agent": None, "owner_queue": company.homeowner_queue}
    else:
        fields["owner_agent"] = chance.choice((company.frank, company.bea, company.sue))
    if chance.random() < 0.4:
        fields |= {
            "reviewed_at": _between(chance, created, now),
            "reviewed_by": company.frank,
            "review_comments": "Waiting for the inverter.",
        }
        fields["review_due_from"] = fields["reviewed_at"]
    if chance.random() < 0.3:
        fields |= {
            "follow_up_at": now + timedelta(hours=chance.randint(-50, 50)),
            "follow_up_for": chance.choice(("Call back", "Ask the roofer")),
        }
    case = _whose(company, chance, fields)
    _around(company, chance, case)
    return case


def _whose(company: Cast, chance: random.Random, fields: dict[str, Any]) -> Case:
    kind = chance.random()
    if kind < 0.3:
        return cast.installer_case(company, **fields)
    fields["customer_name"] = chance.choice(NAMES)
    if kind < 0.4:
        return cast.case(
            company,
            **fields,
            contract=None,
            contact=None,
            account=company.org,
            contract_gap=ContractGap.NOT_ON_RECORD,
            property_address="1 Elm Road",
            customer_phone="555-0101",
        )
    if kind < 0.6:
        ended = company.cancelled
        return cast.case(company, **fields, contract=ended, property_address=ended.address)
    return cast.case(company, **fields)


def _around(company: Cast, chance: random.Random, case: Case) -> None:
    """Assignments, followers, an earlier closure, a merge."""
    if chance.random() < 0.3:
        status = (
            AssignmentStatus.COMPLETED
            if case.is_closed
            else chance.choice(
                (AssignmentStatus.OPEN, AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED)
            )
        )
        department = chance.choice((company.sales, company.legal))
        reason = company.sales_reason if department == company.sales else company.legal_reason
        cast.assignment(company, case, status=status, department=department, reason=reason)
    if case.reviewed_at:
        FeedItem.objects.create(
            case=case,
            kind="review",
            author=company.frank,
            at=case.reviewed_at,
            body=case.review_comments,
        )
    if chance.random() < 0.2:
        Follower.objects.create(case=case, user=company.sue, at=case.created_at)
    if chance.random() < 0.2:
        Closure.objects.create(
            case=case,
            reason=company.voided,
            closed_at=case.created_at,
            closed_by=company.frank,
            reopened_at=case.created_at + timedelta(minutes=1),
            reopened_by=company.frank,
        )
    if case.closed_at and chance.random() < 0.2:
        Merge.objects.create(
            case=case,
            into=cast.case(company),
            at=case.closed_at,
            by=company.frank,
            case_status=Status.NEW,
            into_status=Status.NEW,
            into_priority=Priority.NORMAL,
        )


def _between(chance: random.Random, first: datetime, last: datetime) -> datetime:
    return first + (last - first) * chance.random()
