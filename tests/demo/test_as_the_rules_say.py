"""What the demo company tells of its events is what the rules record: same kinds, same data."""

from __future__ import annotations

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.creating import create_assignment
from heliodesk.assignments.rules.ending import (
    complete_assignment,
    reject_assignment,
    return_assignment,
    withdraw_assignment,
)
from heliodesk.assignments.rules.escalation import escalate_follow_up
from heliodesk.assignments.rules.follow_up import follow_up_assignment
from heliodesk.assignments.rules.working import (
    accept_assignment,
    release_assignment,
    take_over_assignment,
)
from heliodesk.cases.models import Case, Priority, Status
from heliodesk.cases.rules.change_contract import change_contract
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.contract_ending import say_contract_is_ending
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.cases.rules.reopening import reopen
from heliodesk.cases.rules.review import log_review
from heliodesk.cases.rules.status import set_status
from heliodesk.cases.rules.taking import take
from heliodesk.demo.casework import Casework
from heliodesk.demo.load_cases import INTERACTION_DATA
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast, actor, case
from tests.clocks import Clock

pytestmark = pytest.mark.xdist_group("demo")

KINDS = {
    "owner", "escalated", "taken", "status", "fields", "contract", "contract_ending", "review",
    "interaction", "closed", "reopened", "assignment_created", "assignment_accepted",
    "assignment_taken_over", "assignment_released", "assignment_completed", "assignment_rejected",
    "assignment_returned", "assignment_withdrawn", "follow_up", "follow_up_escalated",
}  # fmt: skip


@pytest.fixture
def worked(company: Cast, still: Clock) -> Case:
    """A case on which everything has happened, by the rules."""
    frank, bea = actor(company.frank), actor(company.bea)
    made = case(company)
    change_owner(made, to=company.homeowner_queue, reason="", by=frank)
    take(made, by=bea)
    change_owner(made, to=company.bob, escalation=True, reason="A promise was missed.", by=bea)
    bob = actor(company.bob)
    set_status(made, Status.AWAITING_CUSTOMER, by=bob)
    edit_case(made, changes={"priority": Priority.HIGH}, seen={}, by=bob)
    change_contract(
        made,
        company.neighbour_contract,
        contact=company.neighbour_contact,
        installer=company.org,
        installer_contact=None,
        by=bob,
    )
    say_contract_is_ending(company.neighbour_contract, by=bea)
    record_interaction(case=made, channel="phone", about="All is well.", resolved=False, by=frank)
    log_review(made, comments="Current Status: well.", by=bob)
    refer(company, made, still)
    close(made, reason=company.resolved, note="Done.", by=bob)
    reopen(made, by=frank)
    return made


def refer(company: Cast, made: Case, still: Clock) -> None:
    """Everything that happens with a department, on one case."""
    bob, oscar, olga = actor(company.bob), actor(company.oscar), cast.user("olga")
    company.legal.memberships.create(user=olga)
    other = actor(olga)

    def asked() -> CaseAssignment:
        return create_assignment(
            made,
            department=company.legal,
            reason=company.legal_reason,
            comments="An attorney wrote.",
            by=bob,
        )

    first = asked()
    DeskSettings.objects.create(pk=1, escalation_contact=company.sue)
    follow_up = follow_up_assignment(first, by=bob)
    still.move(hours=49)
    escalate_follow_up(follow_up.pk)
    accept_assignment(first, by=oscar)
    take_over_assignment(first, by=other)
    release_assignment(first, by=other)
    accept_assignment(first, by=oscar)
    complete_assignment(first, resolution="Answered.", by=oscar)
    reject_assignment(asked(), reason="Not ours.", by=oscar)
    return_assignment(asked(), reason="No letter.", by=oscar)
    withdraw_assignment(asked(), note="Solved.", by=bob)


def test_each_kind_of_event_carries_what_the_rules_put_there(
    worked: Case, cases: list[Casework]
) -> None:
    recorded = {item.kind: item for item in FeedItem.objects.filter(case=worked)}
    assert set(recorded) == KINDS
    told = {event.kind: event for each in cases for event in each.events if event.kind in KINDS}
    for kind, item in recorded.items():
        ours = set(INTERACTION_DATA) if kind == "interaction" else set(told[kind].data)
        ours |= {"assignment"} if told[kind].asked else set()
        assert ours - {"queue"} == set(item.data) - {"queue"}, kind
        assert bool(item.body) == bool(told[kind].body) or kind in {"owner", "closed"}, kind
