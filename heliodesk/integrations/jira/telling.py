"""Telling Jira of the cases that its tickets are linked with: remote links by `globalId` (J1).

Run by jobs, outside of any transaction.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from heliodesk.cases.models import JiraLink
from heliodesk.integrations.jira.client import Jira
from heliodesk.integrations.jira.models import JiraSettings
from heliodesk.integrations.jira.problems import NotNow, NotThere, Problem
from heliodesk.integrations.jira.rules.telling import put_off, take_link, was_not_told, was_told
from heliodesk.people.access import SYSTEM

AT_ONCE = 100  # links a run
APPLICATION = {"type": "org.heliodesk", "name": "Heliodesk"}
RELATIONSHIP = "customer case"


def tell_due() -> int:
    """Tell Jira of the links that are due, until it wants to be left alone; gives how many."""
    kept = JiraSettings.in_use()
    if kept is None:
        return 0
    jira = Jira(kept)
    for number in range(AT_ONCE):
        link = take_link(by=SYSTEM)
        if link is None or not tell(jira, link):
            return number
    return AT_ONCE


def tell(jira: Jira, link: JiraLink) -> bool:
    """Tell Jira of one link that has been taken; False where it is left alone from now on."""
    try:
        if link.removed_at:
            _delete(jira, link)
        else:
            jira.put_link(link.issue_id or link.key, remote_link(link))
    except NotNow as later:
        put_off(link, later, by=SYSTEM)
        return False
    except Problem as problem:
        was_not_told(link, problem, by=SYSTEM)
        return problem.until is None
    was_told(link, by=SYSTEM)
    return True


def remote_link(link: JiraLink) -> dict[str, Any]:
    """The remote link as Jira takes it. It says nothing of the customer: more people see it."""
    case = link.case
    return {
        "globalId": link.global_id,
        "application": APPLICATION,
        "relationship": RELATIONSHIP,
        "object": {
            "url": f"{settings.ADDRESS}{case.get_absolute_url()}",
            "title": f"Case {case.display_number}",
            "summary": f"{case.request_type}: {case.request_subtype}",
            "status": {"resolved": case.is_closed},
        },
    }


def _delete(jira: Jira, link: JiraLink) -> None:
    """Delete the remote link; one that is gone with its ticket is deleted."""
    try:
        jira.delete_link(link.issue_id or link.key, link.global_id)
    except NotThere:
        return
