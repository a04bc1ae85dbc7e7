"""Reading what Engine answers: only what its contract says counts, and everything else is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from heliodesk.core import outgoing
from heliodesk.core.text import trimmed

ENTRIES = 100  # of a feed
LENGTHS = {"id": 100, "text": 2_000, "message": 300}
LENGTH = 200  # characters of any other text


class Nonsense(ValueError):
    """Not what the contract says."""


@dataclass(frozen=True, slots=True)
class FoundJob:
    """A job as Engine knows it; texts that it does not give are empty."""

    job_id: str
    name: str
    phase: str
    installer: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a milestone feed; `milestone` is what it reports, `text` what somebody said."""

    at: datetime
    author: str
    milestone: str
    text: str
    private: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """The milestone feed of a job's phase, the newest first."""

    entries: list[Entry]
    #: Whether Engine has more than are shown.
    more: bool


def body(answer: outgoing.Answer) -> dict[str, Any]:
    """The object that an answer holds."""
    try:
        found = answer.json()
    except outgoing.NotReached as error:
        raise Nonsense("no JSON") from error
    return _object(found)


def error(answer: outgoing.Answer) -> str | None:
    """Why Engine refused, in its words; None where it does not say so as its contract does."""
    try:
        told = body(answer)
        _text(told, "error")
        return _text(told, "message") or None
    except Nonsense:
        return None


def comment_id(told: Any, text: str) -> str:
    """What Engine calls the private comment that it has, of that very text."""
    told = _object(told)
    if told.get("private") is not True or told.get("text") != text:
        raise Nonsense("another comment")
    return _needed(told, "id")


def job(told: Any) -> FoundJob:
    """A job."""
    told = _object(told)
    return FoundJob(
        job_id=_needed(told, "id"),
        name=_text(told, "name"),
        phase=_text(told, "phase"),
        installer=_text(told, "installer"),
    )


def jobs(told: Any) -> list[FoundJob]:
    """The jobs of a search."""
    return [job(one) for one in _list(told, "jobs")]


def feed(told: Any) -> Feed:
    """A milestone feed."""
    entries = _list(told, "entries")
    return Feed([_entry(one) for one in entries[:ENTRIES]], more=len(entries) > ENTRIES)


def _entry(told: Any) -> Entry:
    told = _object(told)
    return Entry(
        at=_moment(_needed(told, "at")),
        author=_text(told, "author"),
        milestone=_text(told, "milestone"),
        text=_text(told, "text"),
        private=told.get("private") is True,
    )


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise Nonsense("no time") from error
    if at.tzinfo is None or not 1970 < at.year < 9000:
        raise Nonsense("a time without its zone")
    return at


def _object(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise Nonsense("no object")
    return told


def _list(told: Any, name: str) -> list[Any]:
    found = _object(told).get(name)
    if not isinstance(found, list):
        raise Nonsense(f"no list of {name}")
    return found


def _text(told: dict[str, Any], name: str) -> str:
    """The text without characters that nobody can see or keep; "" for none."""
    found = told.get(name) or ""
    if not isinstance(found, str):
        raise Nonsense(f"{name} is no text")
    kept = "".join(char for char in found if char.isprintable() or char == "\n")
    return trimmed(kept)[: LENGTHS.get(name, LENGTH)]


def _needed(told: dict[str, Any], name: str) -> str:
    found = _text(told, name)
    if not found:
        raise Nonsense(f"no {name}")
    return found
