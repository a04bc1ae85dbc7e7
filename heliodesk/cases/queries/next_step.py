"""Why a case's status is what it is, and what would change it (S5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from heliodesk.assignments.queries.voiding import Refusal
from heliodesk.cases.models import Status
from heliodesk.cases.queries.case_record import CaseRecord


@dataclass(frozen=True, slots=True)
class NextStep:
    """`why` the status is what it is; `then` what would change it."""

    why: str
    then: str


def next_step(case: CaseRecord, to_void: Refusal | None = None) -> NextStep:
    """The line of S5 for the case; `to_void` is the assignment because of which it should be
    voided (A6)."""
    found = LINES[Status(case.status)](case)
    if to_void is None:
        return found
    refused = f"{to_void.department} {to_void.how} {to_void.number}"
    close = f"{refused}: {case.owner} closes it as Case Voided."
    return NextStep(found.why, close)


def _new(case: CaseRecord) -> NextStep:
    if case.owner_queue:
        why = f"No case assignment yet; it waits in {case.owner_queue}."
        return NextStep(why, "A member takes it, then refers it, sets its status or closes it.")
    return NextStep(
        "No case assignment yet.",
        f"{case.owner} refers it to a department, sets its status or closes it.",
    )


def _customer(case: CaseRecord) -> NextStep:
    return NextStep(
        f"{case.owner} waits for the customer's reply.",
        "A reply or interaction of the customer makes it Awaiting Customer Support.",
    )


def _referral(case: CaseRecord) -> NextStep:
    standing = len(case.standing)
    several = Counter(case.standing)
    departments = ", ".join(
        f"{name} ({count})" if count > 1 else name for name, count in several.items()
    )
    return NextStep(
        f"{standing} of {case.assignments} assignments open: {departments}.",
        f"When {'the last of them' if standing > 1 else 'it'} ends, the case becomes Awaiting "
        "Customer Support.",
    )


def _support(case: CaseRecord) -> NextStep:
    if case.reopened_at:
        why = "It was reopened and is to be actioned by Support."
    elif case.assignments:
        why = "All case assignments have ended; it is to be actioned by Support."
    else:
        why = "It is to be actioned by Support."
    if case.owner_queue:
        return NextStep(why, f"A member of {case.owner_queue} takes it.")
    return NextStep(why, f"{case.owner} refers it, waits for the customer's response or closes it.")


def _closed(case: CaseRecord) -> NextStep:
    why = f"{case.closed_by or 'The system'} closed it: {case.closed_reason}."
    return NextStep(why, "Posts, files and interactions can still be added.")


LINES: dict[Status, Callable[[CaseRecord], NextStep]] = {
    Status.NEW: _new,
    Status.AWAITING_SUPPORT: _support,
    Status.AWAITING_CUSTOMER: _customer,
    Status.INTERNAL_REFERRAL: _referral,
    Status.CLOSED: _closed,
}
