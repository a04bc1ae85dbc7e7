"""Every kind of feed item, once (C3). Rules record by these; screens tell them by `says`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of feed item.

    `moves_last_modified` is true for a change to the case itself (S4). `says` is the line in the
    time line, filled in from the item's `data` and `author`: a list is written as "a, b and c", a
    mapping such as `{"Priority": ["Normal", "High"]}` as "Priority from Normal to High". `icon`
    is its mark there, of the Lucide set.
    """

    code: str
    says: str
    moves_last_modified: bool = False
    icon: str = "circle-dot"


POST = Kind("post", "{author}", icon="message-square")
# The insert itself sets Last Modified: no second statement moves it.
CREATED = Kind("created", "{author} created the case", icon="circle-plus")
OWNER = Kind(
    "owner",
    "{author} changed the owner from {old} to {new}",
    moves_last_modified=True,
    icon="arrow-right-left",
)
ESCALATED = Kind(
    "escalated",
    "{author} escalated the case from {old} to {new}",
    moves_last_modified=True,
    icon="flag",
)
TAKEN = Kind("taken", "{author} took the case from {old}", moves_last_modified=True, icon="hand")
STATUS = Kind("status", "{author} changed the status from {old} to {new}", moves_last_modified=True)
FIELDS = Kind("fields", "{author} changed {fields}", moves_last_modified=True, icon="pencil")
CONTRACT = Kind(
    "contract",
    "{author} changed the contract from {old} to {new}, and with it {fields}",
    moves_last_modified=True,
    icon="file-pen",
)
CONTRACT_ENDING = Kind(
    "contract_ending", "Contract {contract} became {status}", icon="triangle-alert"
)
REVIEW = Kind(
    "review", "{author} logged a review", moves_last_modified=True, icon="clipboard-check"
)
CLOSED = Kind(
    "closed", "{author} closed the case: {reason}", moves_last_modified=True, icon="circle-check"
)
REOPENED = Kind(
    "reopened", "{author} reopened the case", moves_last_modified=True, icon="rotate-ccw"
)
INTERACTION = Kind(
    "interaction", "{author} logged an interaction with {spoke_with} ({channel})", icon="phone"
)
FILE_ADDED = Kind("file_added", "{author} added {files}", icon="paperclip")
CONTINUED = Kind(
    "continued", "{author} opened case {number}, which continues this one", icon="corner-down-right"
)
MERGED = Kind(
    "merged",
    "{author} merged the case into {other}, and closed it as Duplicate",
    moves_last_modified=True,
    icon="merge",
)
MERGED_IN = Kind(
    "merged_in",
    "{author} merged case {other} into this one",
    moves_last_modified=True,
    icon="merge",
)
MERGE_UNDONE = Kind(
    "merge_undone",
    "{author} undid the merge with case {other}",
    moves_last_modified=True,
    icon="undo-2",
)
FOLLOW_UP_DATE = Kind(
    "follow_up_date", "{author} set a follow-up for {at_words}: {what_for}", icon="calendar-clock"
)
FOLLOW_UP_DATE_CLEARED = Kind(
    "follow_up_date_cleared", "{author} took the follow-up date away", icon="calendar-x"
)
RELATED = Kind("related", "{author} linked case {other} as related", icon="link")
UNRELATED = Kind("unrelated", "{author} took the link to case {other} away", icon="unlink")
JIRA_LINKED = Kind(
    "jira_linked", "{author} linked Jira ticket {ticket}", moves_last_modified=True, icon="ticket"
)
JIRA_UNLINKED = Kind(
    "jira_unlinked",
    "{author} took the link to Jira ticket {ticket} away",
    moves_last_modified=True,
    icon="ticket-x",
)
JIRA_STATUS = Kind(
    "jira_status", "Jira ticket {ticket} went from {old} to {new}", icon="ticket-check"
)
ASSIGNMENT_CREATED = Kind(
    "assignment_created", "{author} asked {department}: {reason} ({assignment})", icon="send"
)
ASSIGNMENT_ACCEPTED = Kind(
    "assignment_accepted", "{author} accepted {assignment} for {department}", icon="user-check"
)
ASSIGNMENT_TAKEN_OVER = Kind(
    "assignment_taken_over",
    "{author} took {assignment} over from {old} for {department}",
    icon="user-check",
)
ASSIGNMENT_RELEASED = Kind(
    "assignment_released", "{author} released {assignment} to {department}", icon="undo-2"
)
ASSIGNMENT_COMPLETED = Kind(
    "assignment_completed",
    "{author} completed {assignment} for {department}; {still_open} still open",
    icon="circle-check",
)
ASSIGNMENT_REJECTED = Kind(
    "assignment_rejected",
    "{author} rejected {assignment} for {department}; {still_open} still open",
    icon="ban",
)
ASSIGNMENT_RETURNED = Kind(
    "assignment_returned",
    "{author} returned {assignment} from {department}; {still_open} still open",
    icon="undo-2",
)
ASSIGNMENT_WITHDRAWN = Kind(
    "assignment_withdrawn",
    "{author} withdrew {assignment} from {department}; {still_open} still open",
    icon="circle-x",
)
FOLLOW_UP = Kind("follow_up", "{author} asked {department} after {assignment}", icon="bell-ring")
FOLLOW_UP_ESCALATED = Kind(
    "follow_up_escalated",
    "{department} has not answered the follow-up of {assignment} for {hours} hours",
    icon="alarm-clock",
)
ENGINE_POSTED = Kind(
    "engine_posted", "Engine has the comment for job {job}: {text}", icon="message-square-lock"
)
ENGINE_REFUSED = Kind(
    "engine_refused", "Engine refused the comment for job {job}: {reason}", icon="triangle-alert"
)
ENGINE_BY_HAND = Kind(
    "engine_by_hand",
    "{author} posted the comment for job {job} in Engine by hand: {text}",
    icon="message-square-lock",
)

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        POST,
        CREATED,
        OWNER,
        ESCALATED,
        TAKEN,
        STATUS,
        FIELDS,
        CONTRACT,
        CONTRACT_ENDING,
        REVIEW,
        CLOSED,
        REOPENED,
        INTERACTION,
        FILE_ADDED,
        CONTINUED,
        MERGED,
        MERGED_IN,
        MERGE_UNDONE,
        FOLLOW_UP_DATE,
        FOLLOW_UP_DATE_CLEARED,
        RELATED,
        UNRELATED,
        JIRA_LINKED,
        JIRA_UNLINKED,
        JIRA_STATUS,
        ASSIGNMENT_CREATED,
        ASSIGNMENT_ACCEPTED,
        ASSIGNMENT_TAKEN_OVER,
        ASSIGNMENT_RELEASED,
        ASSIGNMENT_COMPLETED,
        ASSIGNMENT_REJECTED,
        ASSIGNMENT_RETURNED,
        ASSIGNMENT_WITHDRAWN,
        FOLLOW_UP,
        FOLLOW_UP_ESCALATED,
        ENGINE_POSTED,
        ENGINE_REFUSED,
        ENGINE_BY_HAND,
    )
}
