"""Speaking to Engine by the contract of docs/engine.md. Whatever it answers, or does not, ends in
one of three ways: what was asked for, `EngineAway` (worth trying again) or `EngineRefused`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID

from heliodesk.core import clock, outgoing
from heliodesk.integrations.engine import reading
from heliodesk.integrations.engine.reading import Feed, FoundJob

T = TypeVar("T")

TIMEOUT = 10.0  # seconds that posting may take
LOOK_UP_TIMEOUT = 2.0  # seconds that somebody waits for what Engine knows of a job
OPS = "OPS"
FINAL = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class EngineAway(Exception):
    """Engine did not do it and may later. `reason` is fit to be shown; `again_in` are the seconds
    that Engine asks for."""

    def __init__(self, reason: str, *, again_in: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again_in = again_in


class EngineRefused(Exception):
    """Engine will not do it, and would not the next time. `status` is 404 for a job that it does
    not know, 409 for a key that it knows with another text, 422 for anything else."""

    def __init__(self, reason: str, status: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Engine:
    """One Engine, by its address and the desk's token there."""

    address: str
    token: str = field(repr=False)

    def post(self, job_id: str, text: str, key: UUID) -> str:
        """Leave a private comment in the feed of the job's OPS phase, once for each `key` however
        often it is sent; gives what Engine calls it."""
        return self._ask(
            "POST",
            f"{_job(job_id)}/phases/{OPS}/comments",
            lambda told: reading.comment_id(told, text),
            headers={"Idempotency-Key": str(key)},
            json={"text": text, "private": True},
            timeout=TIMEOUT,
        )

    def job(self, job_id: str) -> FoundJob | None:
        """What Engine knows of a job; None where it does not know it."""
        try:
            return self._ask("GET", _job(job_id), reading.job)
        except EngineRefused:
            return None

    def search(self, text: str, *, most: int, timeout: float = LOOK_UP_TIMEOUT) -> list[FoundJob]:
        """The jobs whose ID begins with the text, or whose name has its words."""
        params: dict[str, str | int] = {"q": text, "limit": most}
        return self._ask("GET", "/jobs", reading.jobs, params=params, timeout=timeout)[:most]

    def feed(self, job_id: str) -> Feed | None:
        """The milestone feed of the job's OPS phase, the newest first; None for no such job."""
        try:
            return self._ask("GET", f"{_job(job_id)}/phases/{OPS}/feed", reading.feed)
        except EngineRefused:
            return None

    def _ask(self, method: str, path: str, read: Callable[[Any], T], **options: Any) -> T:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/json",
            **options.pop("headers", {}),
        }
        options = {"timeout": LOOK_UP_TIMEOUT, "private": True, **options}
        try:
            answer = outgoing.send(method, self.address + path, headers=headers, **options)
        except outgoing.NotReached as away:
            raise EngineAway(f"Engine was not reached ({away.reason})") from away
        try:
            return read(self._told(answer))
        except reading.Nonsense as nonsense:
            raise EngineAway(f"Engine does not answer as its contract says ({nonsense})") from None

    def _told(self, answer: outgoing.Answer) -> Any:
        status = answer.status
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise EngineAway(
                f"Engine refuses the desk's token ({status}): an administrator has to enter it anew"
            )
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            again_in = retry_after(answer.headers)
            raise EngineAway("Engine asks the desk to wait", again_in=again_in)
        if outgoing.is_done(answer):
            return reading.body(answer)
        if status in FINAL and (said := reading.error(answer)) is not None:
            raise EngineRefused(said.replace(self.token, "…") if self.token else said, status)
        raise EngineAway(
            f"Engine answers with {status}, and with nothing that its contract says",
            again_in=retry_after(answer.headers),
        )


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of `Retry-After`, whichever way they are written; None for none, or nonsense."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    return (at - clock.now()).total_seconds() if at.tzinfo else None


def _job(job_id: str) -> str:
    """The path of a job. What is no name but a way through folders is no job."""
    if job_id.strip(".") == "":
        raise EngineRefused("Engine knows no such job", HTTPStatus.NOT_FOUND)
    return f"/jobs/{quote(job_id, safe='')}"
