"""A person's open cases by status: the first of each group, and all in a list (V1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.views.decorators.http import require_POST
from markupsafe import Markup

from heliodesk.list_views.filters import Condition, Filter, Group, address
from heliodesk.list_views.rules.folding import fold
from heliodesk.people.models import DeskSettings
from heliodesk.web.requests import DeskRequest
from heliodesk.web.submit import See
from heliodesk.worklists.queries import desk
from heliodesk.worklists.queries.desk import DeskCase
from heliodesk.worklists.queries.orders import ORDER_OF_WORK, Order
from heliodesk.worklists.queries.rows import STATUS_TONES
from heliodesk.worklists.queries.tally import DUE, HIGH, REFERRAL, Tally, counted, read_tally
from heliodesk.worklists.views.desk_rows import rows_markup

SHOWN = 15  # cases of a group; the list has them all

#: What a tile shows alone (`?only=`), with its label.
TILES = {
    "": "Open cases",
    DUE: "Due for review",
    HIGH: "High priority",
    REFERRAL: "Waiting on a department",
}
#: The same as a condition of a list; the status says the rest.
CONDITIONS = {
    DUE: Condition("due_for_review", "is", ("yes",)),
    HIGH: Condition("priority", "is", ("high",)),
}
#: The desk's orders that a list of cases has too, by their names there.
IN_LISTS = {
    "priority": "priority",
    "number": "number",
    "customer": "customer",
    "created": "created_at",
    "modified": "last_modified_at",
}


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """The cases of one status: how many there are, the rows of the first `shown`, and the address
    of the list of all. One that is `folded` away shows none."""

    key: str
    label: str
    tone: str
    count: int
    shown: int
    rows: Markup
    url: str
    folded: bool


def order_of(request: DeskRequest) -> Order:
    """The order that the address asks for."""
    return Order.named(request.GET.get("sort", ""))


def listing(
    request: DeskRequest,
    found: list[DeskCase],
    settings: DeskSettings,
    *,
    person_id: int,
    folded: Sequence[str] = (),
) -> dict[str, Any]:
    """The tiles, and the cases by status; those of one tile where it was chosen. `found` is of the
    person, at most `desk.MOST` + 1 of their cases; what is `folded` stays so beside all others."""
    only = request.GET.get("only", "")
    only = only if only in TILES else ""
    more = len(found) > desk.MOST
    tally = read_tally(person_id, settings) if more else counted(found)
    shown = [case for case in found if _belongs(case, only)] if only else found
    owner = "me" if person_id == request.actor.user_id else str(person_id)
    away = frozenset(() if only else folded)
    return {
        "tiles": [
            {"key": key, "label": label, "count": tally.total(key)} for key, label in TILES.items()
        ],
        "only": only,
        "groups": _groups(shown, tally, only, owner, order_of(request), away),
        "sort": order_of(request).name,
        "more": more,
        "most": desk.MOST,
    }


def _belongs(case: DeskCase, only: str) -> bool:
    marks = {DUE: case.is_due, HIGH: case.row.high, REFERRAL: case.row.tone == "referral"}
    return marks.get(only, True)


def _groups(
    cases: list[DeskCase],
    tally: Tally,
    only: str,
    owner: str,
    order: Order,
    folded: frozenset[str],
) -> list[StatusGroup]:
    counts, groups = tally.of(only), []
    for status in desk.GROUPS:
        key = status.value  # looked up once: an enum's value is a call
        if not counts.get(key):
            continue
        away = key in folded
        mine = list(islice((case for case in cases if case.row.status == key), SHOWN))
        group = StatusGroup(
            key=key,
            label=status.label,
            tone=STATUS_TONES[key],
            count=counts[key],
            shown=len(mine),
            rows=Markup() if away else rows_markup(mine),
            url=_list(owner, key, only, order),
            folded=away,
        )
        groups.append(group)
    return groups


def _list(owner: str, status: str, only: str, order: Order) -> str:
    """The address of the list of a whole group, in the desk's order where lists have it."""
    every = [Condition("owner_agent", "is", (owner,)), Condition("status", "is", (status,))]
    every += [CONDITIONS[only]] if only in CONDITIONS else []
    name = IN_LISTS.get(order.column, "")
    sort = ("-" if order.descends else "") + name if name else ""
    return address(Filter((Group("all", tuple(every)),)), sort=sort)


@require_POST
def folding(request: DeskRequest) -> See:
    """Fold a group of My desk away, or open it again."""
    group = request.POST.get("group", "")
    fold(group, folded=request.POST.get("folded") == "1", by=request.actor)
    order = Order.named(request.POST.get("sort", "")).name
    sort = f"?sort={order}" if order != ORDER_OF_WORK else ""
    return See(f"/{sort}#group-{group}")
