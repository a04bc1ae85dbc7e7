"""The private comment for the milestone feed of a job in Engine (N4, E1, E2)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from heliodesk.cases.models import Case, EngineState
from heliodesk.cases.rules.engine_comment import comment_text

#: What became of the comment for the job of the case `c`, as JSON, and whether there is an Engine:
#: NULL without a job. A case with a job and no row has its comment to be posted by hand.
COMMENT = """
    CASE WHEN c.job_id <> '' THEN (
        SELECT json_build_array(
            EXISTS (SELECT FROM cases_enginesettings WHERE is_active AND address <> ''),
            coalesce(max(e.state), 'by_hand'), coalesce(max(e.reason), ''),
            coalesce(max(e.tries), 0), extract(epoch FROM max(coalesce(posted_at, next_try_at))),
            (SELECT name FROM people_user WHERE id = max(e.posted_by_id))
        )::text FROM cases_enginecomment e WHERE e.case_id = c.id AND e.job_id = c.job_id
    ) END
"""


@dataclass(frozen=True, slots=True)
class EngineComment:
    """The text, the job it belongs to, and what became of it (E1, E2): its state in words, and what
    else there is to say. `at` is when it was posted, or is tried again."""

    job_id: str
    text: str
    state: str
    sub: str = ""
    at: datetime | None = None
    #: What the case's owner or a supervisor is offered; "" where sending it is not.
    send: str = ""
    may_mark: bool = False


def engine_comment(case: Case, told: str | None) -> EngineComment | None:
    """The comment for a case about a job, from what `COMMENT` gave; None without a job."""
    if not case.job_id or told is None:
        return None
    is_set, state, reason, tries, at, by = json.loads(told)
    when = datetime.fromtimestamp(at, UTC) if at is not None else None
    offers = "Try again" if state == EngineState.REFUSED else "Send to Engine"
    is_open = state not in (EngineState.POSTED, EngineState.WAITING)
    return EngineComment(
        job_id=case.job_id,
        text=comment_text(case),
        state=_in_words(state, by),
        sub=_more(state, reason, tries),
        at=when,
        send=offers if is_open and is_set else "",
        may_mark=is_open,
    )


def read_engine_comment(case: Case) -> EngineComment | None:
    """The same, read by itself. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {COMMENT} FROM cases_case c WHERE c.id = %s", [case.pk])  # noqa: S608 - a constant
        row = cursor.fetchone()
    return engine_comment(case, row[0] if row else None)


def _in_words(state: str, by: str | None) -> str:
    if state == EngineState.POSTED:
        return f"posted by hand by {by}" if by else "posted"
    if state in (EngineState.REFUSED, EngineState.WAITING):
        return str(EngineState(state).label)
    return str(EngineState.BY_HAND.label)


def _more(state: str, reason: str, tries: int) -> str:
    """Why it waits or was refused."""
    if state in (EngineState.REFUSED, EngineState.WAITING):
        return reason
    if state == EngineState.BY_HAND and tries:
        return "Engine may have it already: look there first"
    return ""
