"""A contract that becomes Cancelled or Pending Cancellation says so on its open cases (D3)."""

from __future__ import annotations

from heliodesk.cases.models import Case, Status
from heliodesk.core.rule import rule
from heliodesk.directory.models import Contract
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.notices.models import NoticeKind
from heliodesk.notices.notify import notify, owner_ids
from heliodesk.people.access import Actor


@rule("D3")
def say_contract_is_ending(contract: Contract, *, by: Actor) -> list[Case]:
    """Say so in the feed of each open case of the contract, and tell its owner; gives the cases.

    No change to the case itself: Last Modified stays (S4).
    """
    under = Case.objects.filter(contract=contract).exclude(status=Status.CLOSED)
    cases = list(under.order_by("id").select_for_update())
    for case in cases:
        item = record(
            case,
            kinds.CONTRACT_ENDING,
            contract=contract.contract_id,
            status=contract.get_status_display(),
            by=by,
        )
        notify(owner_ids(case), item, NoticeKind.CONTRACT_ENDING, by=by)
    return cases
