"""What all new cases have in common: who may open one, what they ask for, how they begin (H4, H7).

`open_homeowner_case`, `open_installer_case` and `open_case_not_on_record` are the only ways in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from heliodesk.cases import access
from heliodesk.cases.models import Case, CaseType, Interaction, Priority, Status
from heliodesk.cases.queries.duplicates import MatchingCase, matching_cases
from heliodesk.cases.request import Request
from heliodesk.cases.rules.duplicates import keep_dismissed, require_none_the_same
from heliodesk.cases.rules.fitting import Chosen, require_offered, require_subtype_of
from heliodesk.cases.rules.jira_links import Ticket, checked_tickets, described, keep_links
from heliodesk.core import clock, rows
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.text import trimmed
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.people.access import Actor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where a case comes from: the conversation, the closed case it continues (B3, X5), the
    matching cases, by number, that the agent says are another issue (B6), and the Jira tickets
    that pertain to it (J1)."""

    none_of_these: Iterable[int | str] = ()
    interaction: Interaction | None = None
    previous_case: Case | None = None
    tickets: Sequence[Ticket] = ()


OUT_OF_NOTHING = Beginning()


def require_creator(*, by: Actor) -> None:
    """Refuse unless a person of Support opens the case and can be its owner (H7, K7)."""
    access.require_support(by=by, to="open a case")
    if by.user_id is None:
        raise NotPermitted("no_person", "A case is opened by an agent, who owns it.", rule="H7")


def checked(request: Request, case_type: str) -> dict[str, Any]:
    """The request's fields as the case keeps them; refuses what is missing or does not fit."""
    rule = "H4" if case_type == CaseType.HOMEOWNER else "N3"
    kind = given(request.request_type, "request_type", "Customer Request Type", rule)
    subtype = given(request.request_subtype, "request_subtype", "Customer Request Subtype", rule)
    source = given(request.source, "source", "Case Source", rule)
    require_subtype_of(kind, subtype, rule)
    chosen: Chosen = {"request_type": kind, "request_subtype": subtype, "source": source}
    require_offered(chosen, case_type, rule)
    if request.priority not in Priority.values:
        raise missing("priority", "priority", rule)
    return {
        "case_type": case_type,
        "request_type": kind,
        "request_subtype": subtype,
        "source": source,
        "priority": request.priority,
        "description": text(request.description, "description", "Case Description", 50_000, rule),
    }


def matches_of(request: Request, *, by: Actor, **known: Any) -> list[MatchingCase]:
    """The cases that may be the same issue (B4), for what is `known` of whose it is."""
    return matching_cases(
        request_type=request.request_type,
        subtype=request.request_subtype,
        description=request.description,
        by=by,
        named=False,
        **known,
    )


def begin(
    beginning: Beginning,
    matches: Sequence[MatchingCase],
    *,
    by: Actor,
    told: dict[str, Any],
    **fields: Any,
) -> Case:
    """Insert the case, owned by its creator, with its first line in the feed (H7).

    Asks first whether it is none of the matching ones (B6); `told` goes into that first line.
    """
    shown = list(beginning.none_of_these)
    require_none_the_same(matches, shown)
    tickets = checked_tickets(beginning.tickets)
    fields["description"] = described(fields["description"], [ticket.url for ticket in tickets])
    now = clock.now()
    case = Case(
        status=Status.NEW,
        owner_agent_id=by.user_id,
        previous_case=beginning.previous_case,
        created_at=now,
        created_by_id=by.person_id,
        last_modified_at=now,
        last_modified_by_id=by.user_id,
        review_due_from=now,
        **fields,
    )
    rows.add(case)
    dismissed = keep_dismissed(case, matches, shown, by=by)
    interaction = beginning.interaction
    if interaction is not None:
        attach(interaction, case)
        told = {"interaction": interaction.pk} | told
    record(case, kinds.CREATED, body=dismissed, at=now, by=by, **told)
    keep_links(case, tickets, at=now, by=by)
    if beginning.previous_case is not None:
        record(beginning.previous_case, kinds.CONTINUED, at=now, number=case.display_number, by=by)
    return case


def attach(interaction: Interaction, case: Case) -> None:
    """The conversation that led to the case stands on it (B3); one that stands on another case
    stays there."""
    if interaction.account_id not in {case.account_id, case.installer_id}:
        raise Refused(
            "interaction_of_another_customer",
            "That interaction was with another customer. Open the case without it.",
            rule="B3",
        )
    taken = Interaction.objects.filter(pk=interaction.pk, case=None).update(case=case)
    if not taken:
        raise Refused(
            "interaction_on_a_case",
            "That interaction stands on a case already. Open the case from the customer instead.",
            rule="B3",
        )


def require_continues(beginning: Beginning, *, case_type: str, account_id: int) -> None:
    """Refuse to continue a case of another kind or customer, or one that is still open (X5)."""
    previous = beginning.previous_case
    if previous is None:
        return
    if (previous.case_type, previous.account_id) != (case_type, account_id):
        raise Refused(
            "continues_another_customer",
            f"Case {previous} is another customer's. Open the new case without continuing it.",
            rule="X5",
        )
    if not previous.is_closed:
        raise Refused(
            "continues_an_open_case",
            f"Case {previous} is open: work on in it instead of opening a new one.",
            rule="X5",
        )


def given(value: T | None, field: str, label: str, rule: str) -> T:
    """The value, unless there is none."""
    if value is None:
        raise missing(field, label, rule)
    return value


def missing(field: str, label: str, rule: str) -> Refused:
    """The refusal of a required field that is empty."""
    return Refused("required", f"Choose or fill in {label}.", rule=rule, field=field)


def text(value: str, field: str, label: str, limit: int, rule: str) -> str:
    """The text without blanks around it; refuses an empty one and one that is too long."""
    value = trimmed(value)
    if not value:
        raise missing(field, label, rule)
    return fitting(value, field, label, limit, rule)


def fitting(value: str, field: str, label: str, limit: int, rule: str) -> str:
    """The text without blanks around it; refuses one that is longer than `limit` characters."""
    value = trimmed(value)
    if len(value) > limit:
        raise Refused(
            "too_long",
            f"{label} has {len(value):,} characters; at most {limit:,} fit. Shorten it.",
            rule=rule,
            field=field,
        )
    return value
