"""What the demo company tells of its events is what the rules record: same kinds, same data."""

from __future__ import annotations

import pytest

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
from tests.cast import Cast, actor, case

KINDS = {
    "owner", "escalated", "taken", "status", "fields", "contract", "contract_ending", "review",
    "interaction", "closed", "reopened",
}  # fmt: skip


@pytest.fixture
def worked(company: Cast) -> Case:
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
    close(made, reason=company.resolved, note="Done.", by=bob)
    reopen(made, by=frank)
    return made


def test_each_kind_of_event_carries_what_the_rules_put_there(
    worked: Case, cases: list[Casework]
) -> None:
    recorded = {item.kind: item for item in FeedItem.objects.filter(case=worked)}
    assert set(recorded) == KINDS
    told = {event.kind: event for each in cases for event in each.events if event.kind in KINDS}
    for kind, item in recorded.items():
        ours = set(INTERACTION_DATA) if kind == "interaction" else set(told[kind].data)
        assert ours - {"queue"} == set(item.data) - {"queue"}, kind
        assert bool(item.body) == bool(told[kind].body) or kind in {"owner", "closed"}, kind
