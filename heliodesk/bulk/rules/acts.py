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
from heliodesk.core.text import said
from heliodesk.people.access import Actor
from heliodesk.people.models import Queue, User

Given = Mapping[str, Any]
#: Why nothing had to be done to a case; empty where something was done.
Did = str


@dataclass(frozen=True, slots=True)
class Doing:
    """One act: `never` refuses whoever never may, `kept` checks the arguments and gives what is
    kept of them, `taken_up` reads those again, `do` does it to one case, of which only ID and
    number have been read. `lacks` refuses arguments that lack what some of the cases need."""

    never: Callable[[Actor], None]
    kept: Callable[[Given], dict[str, str]]
    taken_up: Callable[[Mapping[str, str]], Given]
    do: Callable[[Case, Given, Actor], Did]
    lacks: Callable[[Selection, Given, Actor], None] = lambda over, given, by: None


def doing(act: str) -> Doing:
    """The act of that name; refuses where there is none."""
    if act not in DOINGS:
        raise Refused(
            "unknown_act",
            f"The desk does not do “{act[:40]}” to several cases. Choose an action below the list.",
            rule="V3",
        )
    return DOINGS[Act(act)]


def _only_support(to: str) -> Callable[[Actor], None]:
    return lambda by: access.require_support(by=by, to=to)


def _never_takes(by: Actor) -> None:
    if not (by.is_support and by.queue_ids):
        raise NotPermitted(
            "not_a_member",
            "Only members of a queue take its cases, and you work none. "
            "Ask a member or a supervisor to change the owner.",
            rule="Q4",
        )


def _kept_owner(given: Given) -> dict[str, str]:
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
    reason = said(str(given.get("reason") or ""))
    return {"to": f"{kind}-{to.pk}", "to_name": to.name, "reason": reason}


def _owner(kept: Mapping[str, str]) -> Given:
    kind, _, key = kept["to"].partition("-")
    model: Any = User if kind == "user" else Queue
    return {"to": model.objects.get(pk=key), "reason": kept["reason"]}


def _lacks_reason(over: Selection, given: Given, by: Actor) -> None:
    """Better asked for once than refused for each (Q5)."""
    if said(str(given.get("reason") or "")) or not isinstance(given["to"], Queue):
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


def _kept_closing(given: Given) -> dict[str, str]:
    reason = offered(given.get("reason"))
    note = said(str(given.get("note") or ""))
    return {"reason": str(reason.pk), "reason_name": reason.name, "note": note}


def _closing(kept: Mapping[str, str]) -> Given:
    return {"reason": ClosedReason.objects.get(pk=kept["reason"]), "note": kept["note"]}


def _close(case: Case, given: Given, by: Actor) -> Did:
    close(case, reason=given["reason"], note=given["note"], by=by)
    return ""


def _kept_priority(given: Given) -> dict[str, str]:
    wanted = str(given.get("priority") or "")
    if wanted not in map(str, Priority.values):
        raise Refused(
            "priority_unknown", "Choose the priority: Normal or High.", rule="H4", field="priority"
        )
    return {"priority": wanted, "priority_name": str(Priority(int(wanted)).label)}


def _priority(kept: Mapping[str, str]) -> Given:
    return {"priority": int(kept["priority"])}


def _set_priority(case: Case, given: Given, by: Actor) -> Did:
    before = access.lock(case)
    edit_case(case, changes=given, seen={}, by=by)
    same = before.priority == given["priority"]
    return f"It was {before.get_priority_display()} already." if same else ""


def _nothing_kept(given: Given) -> dict[str, str]:
    return {}


DOINGS: dict[Act, Doing] = {
    Act.OWNER: Doing(
        _only_support("change the owner of cases"),
        _kept_owner,
        _owner,
        _change_owner,
        _lacks_reason,
    ),
    Act.TAKE: Doing(_never_takes, _nothing_kept, dict, _take),
    Act.CLOSE: Doing(_only_support("close cases"), _kept_closing, _closing, _close),
    Act.PRIORITY: Doing(
        _only_support("set the priority of cases"), _kept_priority, _priority, _set_priority
    ),
}
