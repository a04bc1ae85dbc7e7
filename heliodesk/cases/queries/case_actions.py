"""What the person may do on a case, and why not what they may not (K5, K7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from heliodesk.cases import access
from heliodesk.cases.models import Case, Status
from heliodesk.cases.queries.case_record import CaseRecord
from heliodesk.cases.queries.tones import TONES
from heliodesk.cases.rules.merge_checks import require_merger, require_undo_in_time
from heliodesk.cases.rules.reopening import require_in_time
from heliodesk.cases.rules.status import BY_HAND
from heliodesk.core import clock
from heliodesk.core.addresses import address
from heliodesk.core.refusal import Refused
from heliodesk.people.access import Actor

STEPS = {
    Status.NEW: "New",
    Status.AWAITING_SUPPORT: "Awaiting Customer Support",
    Status.AWAITING_CUSTOMER: "Awaiting Customer Response",
    Status.INTERNAL_REFERRAL: "Internal Referral",
    Status.CLOSED: "Closed",
}

ASSIGN = "Assign"
CONTINUE = "New case from it"
EDIT = "Edit"
HAND_OVER = "Change Owner"
LOG = "Log interaction"
REOPEN = "Reopen"
REVIEW = "Log Review"
TAKE = "Take"


@dataclass(frozen=True, slots=True)
class CaseAction:
    """One action of the case's head. One that is not `allowed` says `why`, by which `rule`."""

    label: str
    url: str
    icon: str
    key: str = ""
    primary: bool = False
    posts: bool = False
    dialog: bool = True
    allowed: bool = True
    why: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One status of the path; `url` where the person may set it by hand (S2), `press` the key that
    does so."""

    key: str
    value: str
    label: str
    state: str
    url: str
    press: str


def actions(case: CaseRecord, *, window: timedelta, by: Actor) -> list[CaseAction]:
    """The actions of the case's head, those that are refused among them, with the refusal."""
    found = _of_closed(case, window, by) if case.is_closed else _of_open(case, by)
    if by.is_support:
        url = f"{address('interaction_new')}?case={case.display_number}"
        found.append(CaseAction(LOG, url, "phone-incoming", "l", dialog=False))
    return found


def new_assignment(case: CaseRecord, acts: Iterable[CaseAction]) -> CaseAction:
    """*New* under the Case Assignments tab: the same as *Assign* among `acts`, the case's actions,
    and refused on a closed case (A1, X6)."""
    found = next((act for act in acts if act.label == ASSIGN), None)
    if found is not None:
        return found
    refused = access.closed(to="assign it to a department")
    return CaseAction(ASSIGN, "", "send", allowed=False, why=refused.message, rule=refused.rule)


def editing(acts: Iterable[CaseAction]) -> CaseAction:
    """Whether the details may be edited: the same as *Edit* among `acts`, the case's actions, and
    refused on a closed case (K7, X6)."""
    found = next((act for act in acts if act.label == EDIT), None)
    if found is not None:
        return found
    refused = access.closed(to="edit it")
    return CaseAction(EDIT, "", "pencil", allowed=False, why=refused.message, rule=refused.rule)


def path(case: CaseRecord, *, by: Actor) -> list[Step]:
    """The five statuses, the current one marked, with what may be set by hand. A key sets only what
    it sets back again: nothing leads back to New."""
    may_set = access.may_edit(case.as_case(), by) and not (case.is_closed or case.standing)
    url = address("set_status", case.display_number)
    settable = {status for status in BY_HAND if may_set and status != case.status}
    press = "s" if case.status in BY_HAND else ""
    return [
        Step(
            TONES[status],
            status.value,
            label,
            _state(status, case.status),
            url if status in settable else "",
            press if status in settable else "",
        )
        for status, label in STEPS.items()
    ]


def new_case_url(case: CaseRecord) -> str:
    """Where a new case that continues this one is opened (X5)."""
    key: str | int
    if not case.is_homeowner and case.contact_id:
        name, key = "installer_case_for_contact_new", case.contact_id
    elif not case.is_homeowner:
        name, key = "installer_case_new", case.account_id
    elif case.contract:
        name, key = "homeowner_case_new", case.contract
    else:
        name, key = "not_on_record_new", case.account_id
    return f"{address(name, key)}?continues={case.display_number}"


def _state(status: Status, current: str) -> str:
    if status == current:
        return "current"
    return "done" if status == Status.NEW else "ahead"


#: What is done to an open case: who may (K7), its words, its page, its icon and its key.
TO_OPEN: tuple[tuple[Callable[..., None], str, str, str, str], ...] = (
    (access.require_review, REVIEW, "review_new", "clipboard-check", "r"),
    (
        partial(access.require_assign, to="assign it to a department"),
        ASSIGN,
        "assignment_new",
        "send",
        "a",
    ),
    (access.require_hand_over, HAND_OVER, "change_owner", "arrow-right-left", "w"),
    (partial(access.require_edit, to="edit it"), EDIT, "case_edit", "pencil", "e"),
    (partial(access.require_edit, to="close it"), "Close", "closure_new", "circle-check", "c"),
)


def _of_open(case: CaseRecord, by: Actor) -> list[CaseAction]:
    row = case.as_case()
    number = case.display_number
    in_queue = case.owner_queue_id is not None
    found = [
        _action(partial(require, row, by=by), label, address(page, number), icon, key=key)
        for require, label, page, icon, key in TO_OPEN
    ]
    if access.may_edit(row, by):
        url = address("follow_up_date", number)
        found.append(CaseAction("Follow-up date", url, "calendar-clock", "f"))
    if in_queue and access.may_take(row, by):
        take = address("take_case", number)
        found.insert(0, CaseAction(TAKE, take, "hand", "t", posts=True))
    return found


def _of_closed(case: CaseRecord, window: timedelta, by: Actor) -> list[CaseAction]:
    def require_reopening() -> None:
        access.require_support(by=by, to="reopen a case")
        require_in_time(
            clock.now() - (case.closed_at or clock.now()),
            window=window,
            reopened_before=case.reopened_at is not None,
        )

    url = address("reopening_new", case.display_number)
    return [
        undoing(case, by)
        if case.merged_at
        else _action(require_reopening, REOPEN, url, "rotate-ccw", key="o"),
        _action(
            lambda: access.require_support(by=by, to="open a case"),
            CONTINUE,
            new_case_url(case),
            "copy-plus",
            dialog=False,
        ),
    ]


def undoing(case: CaseRecord, by: Actor) -> CaseAction:
    """Undoing the merge which closed the case, in place of reopening it (X7)."""
    into = Case(owner_agent_id=case.merged_owner_agent_id)

    def require() -> None:
        require_merger(case.as_case(), into, by=by)
        require_undo_in_time(case.merged_at or clock.now())

    url = address("merge_undo", case.display_number)
    return _action(require, "Undo merge", url, "undo-2", key="u")


def _action(
    require: Callable[[], None],
    label: str,
    url: str,
    icon: str,
    *,
    key: str = "",
    dialog: bool = True,
) -> CaseAction:
    try:
        require()
    except Refused as refused:
        return CaseAction(label, url, icon, allowed=False, why=refused.message, rule=refused.rule)
    return CaseAction(label, url, icon, key, dialog=dialog)
