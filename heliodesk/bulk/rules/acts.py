"""What may be done to several cases: who never may, which arguments it takes, and the rule of the
single act that does it to each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from heliodesk.bulk.models import Act
from heliodesk.bulk.queries.selected import gives_back
from heliodesk.bulk.selection import Selection
from heliodesk.cases import access
from heliodesk.cases.models import Case, ClosedReason, Priority
from heliodesk.cases.rules.closing import close, offered
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.rules.ownership import change_owner, require_able_to_own
from heliodesk.cases.rules.taking import take
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue, User

Given = Mapping[str, Any]
#: Why nothing had to be done to a case; empty where something was done.
Did = str


@dataclass(frozen=True, slots=True)
class Doing:
    """One act on each of several cases.

    `require_permitted` refuses whoever never may, and `require_enough` arguments that lack what
    some of the cases need. `to_keep` checks the arguments and gives them as the action keeps them;
    `as_given` reads those again. `do` does it to one case, of which only ID and number have been
    read.
    """

    require_permitted: Callable[[Actor], None]
    to_keep: Callable[[Given], dict[str, str]]
    as_given: Callable[[Mapping[str, str]], Given]
    do: Callable[[Case, Given, Actor], Did]
    require_enough: Callable[[Selection, Given, Actor], None] = lambda over, given, by: None


def doing(act: str) -> Doing:
    """The act of that name; refuses where there is none."""
    if act not in DOINGS:
        raise Refused(
            "unknown_act",
            f"The desk does not do “{act[:40]}” to several cases. Choose an action below the list.",
            rule="V3",
        )
    return DOINGS[Act(act)]


def _require_support(to: str) -> Callable[[Actor], None]:
    return lambda by: access.require_support(by=by, to=to)


def _require_a_queue(by: Actor) -> None:
    if not (by.is_support and by.queue_ids):
        raise NotPermitted(
            "not_a_member",
            "Only members of a queue take its cases, and you work none. "
            "Ask a member or a supervisor to change the owner.",
            rule="Q4",
        )


def _keep_owner(given: Given) -> dict[str, str]:
    to = given.get("to")
    if not isinstance(to, User | Queue):
        raise Refused(
            "new_owner_missing",
            "Choose the new owner: a person or a queue.",
            rule="Q2",
            field="to",
        )
    require_able_to_own(to)
    kind = "user" if isinstance(to, User) else "queue"
    reason = trimmed(str(given.get("reason") or ""))
    return {"to": f"{kind}-{to.pk}", "to_name": to.name, "reason": reason}


def _owner_as_given(kept: Mapping[str, str]) -> Given:
    kind, _, key = kept["to"].partition("-")
    model: Any = User if kind == "user" else Queue
    return {"to": model.objects.get(pk=key), "reason": kept["reason"]}


def _require_reason_of_giving_back(over: Selection, given: Given, by: Actor) -> None:
    """Better asked for once than refused for each (Q5)."""
    if trimmed(str(given.get("reason") or "")) or not isinstance(given["to"], Queue):
        return
    if gives_back(over, by=by):
        raise Refused(
            "giving_back_reason_missing",
            "Some of these cases came from a queue: say why they go back to one.",
            rule="Q5",
            field="reason",
        )


def _change_owner(case: Case, given: Given, by: Actor) -> Did:
    try:
        change_owner(case, to=given["to"], reason=given["reason"], by=by)
    except Refused as refused:
        if refused.code == "owner_already":
            return f"{given['to'].name} owns the case already."
        raise
    return ""


def _take(case: Case, given: Given, by: Actor) -> Did:
    mine = access.owns(access.lock(case), by)
    take(case, by=by)
    return "It was yours already." if mine else ""


def _keep_closing(given: Given) -> dict[str, str]:
    reason = offered(given.get("reason"))
    note = trimmed(str(given.get("note") or ""))
    return {"reason": str(reason.pk), "reason_name": reason.name, "note": note}


def _closing_as_given(kept: Mapping[str, str]) -> Given:
    return {"reason": ClosedReason.objects.get(pk=kept["reason"]), "note": kept["note"]}


def _close(case: Case, given: Given, by: Actor) -> Did:
    close(case, reason=given["reason"], note=given["note"], by=by)
    return ""


def _keep_priority(given: Given) -> dict[str, str]:
    wanted = str(given.get("priority") or "")
    if wanted not in map(str, Priority.values):
        raise Refused(
            "priority_unknown", "Choose the priority: Normal or High.", rule="H4", field="priority"
        )
    return {"priority": wanted, "priority_name": str(Priority(int(wanted)).label)}


def _priority_as_given(kept: Mapping[str, str]) -> Given:
    return {"priority": int(kept["priority"])}


def _set_priority(case: Case, given: Given, by: Actor) -> Did:
    before = access.lock(case)
    edit_case(case, changes=given, seen={}, by=by)
    same = before.priority == given["priority"]
    return f"It was {before.get_priority_display()} already." if same else ""


def _keep_nothing(given: Given) -> dict[str, str]:
    return {}


DOINGS: dict[Act, Doing] = {
    Act.OWNER: Doing(
        _require_support("change the owner of cases"),
        _keep_owner,
        _owner_as_given,
        _change_owner,
        _require_reason_of_giving_back,
    ),
    Act.TAKE: Doing(_require_a_queue, _keep_nothing, dict, _take),
    Act.CLOSE: Doing(_require_support("close cases"), _keep_closing, _closing_as_given, _close),
    Act.PRIORITY: Doing(
        _require_support("set the priority of cases"),
        _keep_priority,
        _priority_as_given,
        _set_priority,
    ),
}
