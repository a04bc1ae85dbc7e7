"""The cases of a selection: as SQL, how many they are, and how many of them one may not change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from heliodesk.bulk.models import Act
from heliodesk.bulk.selection import Selection
from heliodesk.core.refusal import Refused
from heliodesk.list_views.filters import Filter, read_text
from heliodesk.list_views.queries.where import where
from heliodesk.people.access import Actor

#: The cases of an earlier action that it refused, and those to which it had not come.
REFUSED = (
    "c.id IN (SELECT case_id FROM bulk_bulkresult WHERE action_id = %s AND outcome = 'refused')"
)
REST = (
    "c.id IN (SELECT unnest(case_ids) FROM bulk_bulkchunk"
    " WHERE action_id = %s AND finished_at IS NULL)"
    " AND NOT EXISTS (SELECT FROM bulk_bulkresult r WHERE r.action_id = %s AND r.case_id = c.id)"
)
#: Picked one by one: some pages of a list.
MOST_PICKED = 1_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many cases, and how many of them are likely to be refused: closed ones, those of others,
    and those on which assignments are open."""

    total: int
    closed: int
    of_others: int
    assigned: int


def condition(over: Selection, *, by: Actor) -> tuple[str, list[Any]]:
    """The condition on the case `c`, and its values; K6 is in it.

    Refuses where nothing is selected, and a filter of which something would have to be left out:
    more cases would be meant than whoever wrote it wants.
    """
    if over.again_of is not None:
        seen, values = where(Filter(), by=by)
        return f"{seen} AND {REFUSED}", [*values, over.again_of]
    if over.rest_of is not None:
        seen, values = where(Filter(), by=by)
        return f"{seen} AND {REST}", [*values, over.rest_of, over.rest_of]
    if over.everything:
        return where(understood(over.query), by=by)
    if not over.numbers:
        raise Refused(
            "nothing_selected",
            "No case is selected. Tick the cases in the list first, or all that match.",
            rule="V3",
        )
    if len(over.numbers) > MOST_PICKED:
        raise Refused(
            "too_many_picked",
            f"{len(over.numbers):,} cases are more than one picks by hand. Make a list with a "
            "filter for them, and choose all that match.",
            rule="V3",
        )
    seen, values = where(Filter(), by=by)
    return f"{seen} AND c.number = ANY(%s::bigint[])", [*values, list(over.numbers)]


def understood(query: str) -> Filter:
    """The filter of a query's text; refuses one that cannot be used as it stands."""
    found, refused = read_text(query)
    if refused:
        raise Refused(
            "filter_not_understood",
            "The filter cannot be used as it stands, and without this condition it would mean more "
            f"cases: {refused[0].message} Correct the filter in the list first.",
            rule="V3",
        )
    return found


def estimate(act: str, over: Selection, *, by: Actor) -> Estimate:
    """What is known before it begins; one SQL statement. Refuses as `condition` does."""
    chosen, values = condition(over, by=by)
    mine, mine_values = _mine(act, by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE c.status = 'closed'),"  # noqa: S608 - no text
            f" count(*) FILTER (WHERE c.status <> 'closed' AND ({mine}) IS NOT TRUE),"
            " count(*) FILTER (WHERE c.status = 'internal_referral')"
            f" FROM cases_case c WHERE {chosen}",
            [*mine_values, *values],
        )
        total, closed, of_others, assigned = cursor.fetchone()
    return Estimate(total, closed, of_others, assigned if act == Act.CLOSE else 0)


#: Taken from a queue, or handed to one (`cases.rules.ownership.was_in_a_queue`).
CAME_FROM_QUEUE = """
    EXISTS (SELECT FROM feed_feeditem f WHERE f.case_id = c.id
        AND (f.kind = 'taken' OR f.kind IN ('owner', 'escalated') AND f.data ? 'queue'))
"""


def gives_back(over: Selection, *, by: Actor) -> bool:
    """Whether an agent's case among them, that `by` may hand over, came from a queue (Q5)."""
    chosen, values = condition(over, by=by)
    mine, mine_values = _mine(Act.OWNER, by)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM cases_case c"  # noqa: S608 - no text
            f" WHERE {chosen} AND ({mine}) AND c.owner_agent_id IS NOT NULL"
            f" AND c.status <> 'closed' AND {CAME_FROM_QUEUE})",
            [*values, *mine_values],
        )
        found: bool = cursor.fetchone()[0]
    return found


def _mine(act: str, by: Actor) -> tuple[str, list[Any]]:
    """Which cases one may do it to, as far as a statement says; the rules decide (K7)."""
    of_queues = "c.owner_queue_id = ANY(%s::bigint[])"
    queues = sorted(by.queue_ids)
    if act == Act.TAKE:
        return f"{of_queues} OR c.owner_agent_id = %s", [queues, by.user_id]
    if by.is_supervisor:
        return "true", []
    if act == Act.OWNER:
        return f"{of_queues} OR c.owner_agent_id = %s", [queues, by.user_id]
    return "c.owner_agent_id = %s", [by.user_id]
