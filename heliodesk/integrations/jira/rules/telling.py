"""Which links Jira has to be told of, and what came of it (J1).

A link is taken for a while by whoever tells Jira. Where that process is killed, the time runs out
and the next one tells the same again, which Jira knows by the `globalId`.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.db.models import F

from heliodesk.cases.models import JiraLink, RemoteLink
from heliodesk.core import audit, clock
from heliodesk.core.refusal import NotPermitted
from heliodesk.core.retries import pause
from heliodesk.core.rule import rule
from heliodesk.integrations.jira.problems import Problem
from heliodesk.people.access import Actor

TAKEN = timedelta(seconds=60)  # longer than a request may take

TAKE = """
    UPDATE cases_jiralink SET taken_until = %(until)s WHERE id = (
        SELECT id FROM cases_jiralink
        WHERE told = 'waiting' AND due_at <= %(now)s
            AND (taken_until IS NULL OR taken_until <= %(now)s)
        ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id
"""


@rule("J1")
def take_link(*, by: Actor) -> JiraLink | None:
    """The link that waits longest, for `by` alone for a minute; None where none is due.

    Refuses for anybody but the system, which tells Jira.
    """
    require_system(by=by)
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"now": now, "until": now + TAKEN})
        row = cursor.fetchone()
    if row is None:
        return None
    related = ("case", "case__request_type", "case__request_subtype")
    return JiraLink.objects.select_related(*related).get(pk=row[0])


@rule("J1", "K4")
def was_told(link: JiraLink, *, by: Actor) -> None:
    """Jira knows the link as it was when it was taken. What changed meanwhile waits on. Refuses
    for anybody but the system."""
    require_system(by=by)
    now = clock.now()
    done = JiraLink.objects.filter(pk=link.pk, turn=link.turn).update(
        told=RemoteLink.NONE if link.removed_at else RemoteLink.MADE,
        told_at=now,
        told_problem="",
        attempts=0,
        due_at=None,
        taken_until=None,
    )
    if not done:
        _give_back(link)
        return
    said = "jira_link_deleted" if link.removed_at else "jira_link_made"
    audit.note(said, "case", link.case_id, changes={"ticket": str(link)}, by=by)


@rule("J2", "K4")
def was_not_told(link: JiraLink, problem: Problem, *, by: Actor) -> None:
    """Jira did not take it: it waits for the next try, or is refused where none would help."""
    require_system(by=by)
    now = clock.now()
    again = max(problem.until or now, now + timedelta(seconds=pause(link.attempts)))
    same = JiraLink.objects.filter(pk=link.pk, turn=link.turn)
    done = same.update(
        told=RemoteLink.REFUSED if problem.final else RemoteLink.WAITING,
        told_problem=problem.reason[:300],
        attempts=F("attempts") + 1,
        due_at=None if problem.final else again,
        taken_until=None,
    )
    if not done:
        _give_back(link)
    elif problem.final or link.told_problem != problem.reason[:300]:
        changes = {"ticket": str(link), "reason": problem.reason[:300]}
        audit.note("jira_link_not_made", "case", link.case_id, changes=changes, by=by)


@rule("J2")
def put_off(link: JiraLink, problem: Problem, *, by: Actor) -> None:
    """Jira was not asked, because it is left alone for now: that is no try. Refuses for anybody
    but the system."""
    require_system(by=by)
    same = JiraLink.objects.filter(pk=link.pk, turn=link.turn)
    if not same.update(due_at=problem.until, told_problem=problem.reason[:300], taken_until=None):
        _give_back(link)


def require_system(*, by: Actor) -> None:
    """Refuse for people: what Jira was told is no matter of what somebody says (X6)."""
    if by.user_id is not None:
        raise NotPermitted(
            "system_only", "The desk tells Jira by itself. Link a ticket, or wait.", rule="X6"
        )


def _give_back(link: JiraLink) -> None:
    JiraLink.objects.filter(pk=link.pk).update(taken_until=None)
