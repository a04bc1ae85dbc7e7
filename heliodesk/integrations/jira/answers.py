"""Reading what Jira answers: nothing in it is taken for granted (J2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from heliodesk.cases.rules.jira_links import Ticket
from heliodesk.core import clock
from heliodesk.core.outgoing import Answer, NotReached
from heliodesk.integrations.jira import guard
from heliodesk.integrations.jira.jql import KEY
from heliodesk.integrations.jira.problems import (
    NoAnswer,
    NotAllowed,
    NotSignedIn,
    NotTaken,
    NotThere,
    TooMany,
)

#: Jira says so where too many wrong passwords made it ask for a captcha, which no program solves.
CAPTCHA = "X-Authentication-Denied-Reason"
LONGEST_ID = 40
UNKNOWN_PAUSE = timedelta(seconds=30)


def checked(answer: Answer) -> Answer:
    """The answer, where Jira did what was asked. Fails with the `Problem` that it is else."""
    status = answer.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return answer
    if status == HTTPStatus.TOO_MANY_REQUESTS or (
        status == HTTPStatus.SERVICE_UNAVAILABLE and "Retry-After" in answer.headers
    ):
        why = f"Jira asks for fewer requests ({status})"
        raise TooMany(why, pause=wanted_pause(answer))
    if status == HTTPStatus.UNAUTHORIZED or CAPTCHA in answer.headers:
        why = f"Jira does not take the desk's token ({status})"
        raise NotSignedIn(why, pause=guard.AFTER_NO_SIGN_IN)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        why = f"Jira has a fault of its own ({status})"
        raise NoAnswer(why, pause=guard.AFTER_NO_ANSWER)
    if status == HTTPStatus.FORBIDDEN:
        raise NotAllowed(f"Jira does not allow that to the desk's account (403){said(answer)}")
    if status == HTTPStatus.NOT_FOUND:
        raise NotThere("Jira has no such ticket, or does not show it to the desk (404)")
    raise NotTaken(f"Jira does not take the request ({status}){said(answer)}")


def mapping(answer: Answer, name: str) -> Mapping[str, Any]:
    """The JSON object that was answered, which has to hold `name`."""
    try:
        found = answer.json()
    except NotReached as error:
        raise nonsense("the answer is not JSON") from error
    if not isinstance(found, dict) or name not in found:
        raise nonsense(f"the answer has no “{name}”")
    return found


def sequence(found: Any) -> Sequence[Any]:
    """A JSON array."""
    if not isinstance(found, list):
        raise nonsense("a list is missing in the answer")
    return found


def ticket(found: Any, address: Callable[[str], str], now: datetime) -> Ticket:
    """One issue; it has to have a key, a summary and a status."""
    try:
        key, fields = str(found["key"]), found["fields"]
        status = fields["status"]
        read = Ticket(
            url=address(key),
            key=key,
            issue_id=str(int(found["id"])),
            title=str(fields["summary"])[:300],
            status=str(status["name"])[:100],
            is_done=status["statusCategory"]["key"] == "done",
            read_at=now,
            told=True,
        )
        (read.title + read.status).encode()  # half a character cannot be kept
    except (KeyError, TypeError, ValueError) as error:
        raise nonsense("a ticket in the answer lacks its key, summary or status") from error
    if (
        not KEY.fullmatch(key)
        or len(read.issue_id) > LONGEST_ID
        or "\x00" in read.title + read.status
    ):
        raise nonsense("a ticket in the answer is not one")
    return read


def nonsense(what: str) -> NoAnswer:
    """Something else than Jira answered, such as a page for signing in."""
    return NoAnswer(f"That is not Jira's answer: {what}", pause=guard.AFTER_NO_ANSWER)


def said(answer: Answer) -> str:
    """What Jira says of it, shortened."""
    try:
        found = answer.json()
        words = [*found.get("errorMessages", []), *found.get("errors", {}).values()]
    except (NotReached, AttributeError, TypeError):
        return ""
    text = " ".join(str(word) for word in words).replace("\x00", "")
    text = text.encode(errors="replace").decode()  # half a character cannot be kept
    return f": {text[:200]}" if text else ""


def wanted_pause(answer: Answer) -> timedelta:
    """How long Jira wants to be left alone: seconds, or a date, in `Retry-After`."""
    text = answer.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), int(guard.LONGEST.total_seconds())))
    try:
        return parsedate_to_datetime(text) - clock.now()
    except (TypeError, ValueError):
        return UNKNOWN_PAUSE
