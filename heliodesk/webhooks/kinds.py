"""Which events a webhook can be told: the kinds of the feed (C3), in groups, in plain words."""

from __future__ import annotations

from heliodesk.feed import kinds
from heliodesk.feed.kinds import KINDS, Kind

TEST = "test"  # the kind of a delivery that is only for trying

PREFIXES = {
    "The case": "Case: ",
    "Case assignments": "Assignment: ",
    "Other cases": "Case: ",
    "Jira": "Jira: ",
    "Engine": "Engine: ",
}
GROUPS: tuple[tuple[str, dict[Kind, str]], ...] = (
    (
        "The case",
        {
            kinds.CREATED: "Created",
            kinds.STATUS: "Status set by hand",
            kinds.FIELDS: "Details changed",
            kinds.CONTRACT: "Contract changed",
            kinds.CONTRACT_ENDING: "Its contract is being cancelled",
            kinds.CLOSED: "Closed",
            kinds.REOPENED: "Reopened",
            kinds.CONTINUED: "Continued by a new case",
        },
    ),
    (
        "Owner",
        {
            kinds.OWNER: "Owner changed",
            kinds.ESCALATED: "Escalated",
            kinds.TAKEN: "Taken from a queue",
        },
    ),
    (
        "What is said and done",
        {
            kinds.POST: "Post or reply",
            kinds.INTERACTION: "Interaction with the customer",
            kinds.FILE_ADDED: "File added",
            kinds.REVIEW: "Review logged",
            kinds.FOLLOW_UP_DATE: "Follow-up date set",
            kinds.FOLLOW_UP_DATE_CLEARED: "Follow-up date taken away",
        },
    ),
    (
        "Case assignments",
        {
            kinds.ASSIGNMENT_CREATED: "Department asked",
            kinds.ASSIGNMENT_ACCEPTED: "Accepted",
            kinds.ASSIGNMENT_TAKEN_OVER: "Taken over",
            kinds.ASSIGNMENT_RELEASED: "Released",
            kinds.ASSIGNMENT_COMPLETED: "Completed",
            kinds.ASSIGNMENT_REJECTED: "Rejected",
            kinds.ASSIGNMENT_RETURNED: "Returned",
            kinds.ASSIGNMENT_WITHDRAWN: "Withdrawn",
            kinds.FOLLOW_UP: "Asked after",
            kinds.FOLLOW_UP_ESCALATED: "Follow-up unanswered",
        },
    ),
    (
        "Other cases",
        {
            kinds.RELATED: "Linked as related",
            kinds.UNRELATED: "Link taken away",
            kinds.MERGED: "Merged into another",
            kinds.MERGED_IN: "Another merged into it",
            kinds.MERGE_UNDONE: "Merge undone",
        },
    ),
    (
        "Jira",
        {
            kinds.JIRA_LINKED: "Ticket linked",
            kinds.JIRA_UNLINKED: "Ticket's link taken away",
            kinds.JIRA_STATUS: "Ticket changed its status",
        },
    ),
    (
        "Engine",
        {
            kinds.ENGINE_POSTED: "Comment arrived",
            kinds.ENGINE_REFUSED: "Comment refused",
            kinds.ENGINE_BY_HAND: "Comment posted by hand",
        },
    ),
)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of codes with their words; kinds that no group names stand in a last one."""
    named = [
        (title, [(kind.code, words) for kind, words in group.items()]) for title, group in GROUPS
    ]
    known = {code for _, group in named for code, _ in group}
    others = [(code, code.replace("_", " ").capitalize()) for code in KINDS if code not in known]
    return [*named, ("Others", others)] if others else named


def in_words(code: str) -> str:
    """What a kind is called by itself, without its group beside it."""
    if code == TEST:
        return "Test"
    for title, group in choices():
        for one, words in group:
            if one == code:
                return PREFIXES.get(title, "") + words
    return code


def type_of(code: str) -> str:
    """What the receiver reads as `type`."""
    return code if code == TEST else f"case.{code}"
