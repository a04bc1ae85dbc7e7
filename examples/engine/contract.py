"""The contract of docs/engine.md: a request's method, path and body in, status and JSON out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

from examples.engine.store import KeyTakenError, Row, Store

JOB = re.compile(r"/jobs/([^/]+)")
FEED = re.compile(r"/jobs/([^/]+)/phases/OPS/feed")
COMMENTS = re.compile(r"/jobs/([^/]+)/phases/OPS/comments")
MOST_JOBS, MOST_ENTRIES = 50, 100
LONGEST_TEXT, LONGEST_KEY = 2_000, 200

Answer = tuple[HTTPStatus, Any]


@dataclass(frozen=True)
class Request:
    """What was asked: the path follows the address of the interface and is still encoded."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    body: bytes = b""


class RefusedError(Exception):
    """What the contract answers to a request that it does not carry out."""

    def __init__(self, status: HTTPStatus, error: str, message: str) -> None:
        super().__init__(message)
        self.answer: Answer = status, {"error": error, "message": message}


def answer(request: Request, store: Store) -> Answer:
    """The answer to a request of somebody who is known."""
    try:
        return _answer(request, store)
    except RefusedError as refused:
        return refused.answer


def _answer(request: Request, store: Store) -> Answer:
    if request.method == "GET" and request.path == "/jobs":
        limit = request.params.get("limit", "")[:6]
        most = min(int(limit) if limit.isascii() and limit.isdigit() else 10, MOST_JOBS)
        found = store.search(request.params.get("q", ""), most)
        return HTTPStatus.OK, {"jobs": [_job(job) for job in found]}
    if request.method == "GET" and (asked := FEED.fullmatch(request.path)):
        feed = store.feed(_known(asked, store)["id"], MOST_ENTRIES)
        return HTTPStatus.OK, {"entries": [_entry(entry) for entry in feed]}
    if request.method == "GET" and (asked := JOB.fullmatch(request.path)):
        return HTTPStatus.OK, _job(_known(asked, store))
    if request.method == "POST" and (asked := COMMENTS.fullmatch(request.path)):
        return _comment(_known(asked, store)["id"], request, store)
    raise RefusedError(HTTPStatus.NOT_FOUND, "unknown_path", "The contract has no such request.")


def _comment(job_id: str, request: Request, store: Store) -> Answer:
    text, private = _said(request.body)
    if not request.key or len(request.key) > LONGEST_KEY:
        raise _not_fitting("The header Idempotency-Key is missing, or too long.")
    try:
        entry, new = store.comment(job_id, text, private=private, key=request.key)
    except KeyTakenError:
        raise RefusedError(
            HTTPStatus.CONFLICT, "key_taken", "This Idempotency-Key belongs to another comment."
        ) from None
    shown = {"id": str(entry["id"]), "job": job_id, "at": entry["at"]}
    shown |= {"text": entry["text"], "private": bool(entry["private"])}
    return HTTPStatus.CREATED if new else HTTPStatus.OK, shown


def _said(body: bytes) -> tuple[str, bool]:
    """The comment's text, and whether it is private."""
    try:
        said = json.loads(body)
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise _not_fitting("The body is no JSON object.")
    text, private = said.get("text"), said.get("private")
    if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST_TEXT:
        raise _not_fitting(f"“text” has to be a text of 1 to {LONGEST_TEXT} characters.")
    if not isinstance(private, bool):
        raise _not_fitting("“private” has to be true or false.")
    return text, private


def _known(asked: re.Match[str], store: Store) -> Row:
    job_id = unquote(asked[1])
    job = store.job(job_id)
    if job is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "unknown_job", f"There is no job {job_id}.")
    return job


def _not_fitting(message: str) -> RefusedError:
    return RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, "not_fitting", message)


def _job(job: Row) -> dict[str, Any]:
    return {name: job[name] for name in ("id", "name", "phase", "installer")}


def _entry(entry: Row) -> dict[str, Any]:
    shown = {name: entry[name] for name in ("at", "author", "milestone", "text")}
    return shown | {"id": str(entry["id"]), "private": bool(entry["private"])}
