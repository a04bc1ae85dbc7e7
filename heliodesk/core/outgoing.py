"""Requests that the desk sends to other systems: the one way out.

A request ends within its time whatever the other side does, reads no more than its limit, follows
no redirect, and goes only where `core.reachable` allows: the connection is made to the very
address that was judged, so that a name cannot lead elsewhere a moment later. Proxies, passwords
and cookies are taken from nowhere. Never inside a rule's transaction: jobs send.
"""

from __future__ import annotations

import json as json_format
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import requests
from django.conf import settings
from urllib3.exceptions import HTTPError
from urllib3.util import parse_url

from heliodesk.core import line, reachable

TIMEOUT = 10.0  # seconds for everything, from looking the name up to the last byte
LIMIT = 1_000_000  # bytes of the answer's body
LONGEST_REASON = 300  # characters
REDIRECTS = (301, 302, 303, 307, 308)
USER_AGENT = "Heliodesk"

ERRORS = (requests.RequestException, HTTPError, OSError, ValueError)


class NotReached(Exception):
    """There was no whole answer. `reason` says why, fit to be shown; `status` is the answer's,
    where it came so far."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        # The other side may have had a say in it: without what no text holds, and no longer.
        shown = "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in reason)
        self.reason = shown[:LONGEST_REASON]
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, of any status but a redirect's. Names of headers are compared without regard
    to case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body read as JSON. Fails with `NotReached` where it is none."""
        try:
            return json_format.loads(self.body)
        except (ValueError, RecursionError) as error:  # the latter: nested too deep to be read
            raise NotReached("the answer is not JSON", status=self.status) from error


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] = {},
    params: Mapping[str, str | int] | None = None,
    json: Any = None,
    body: bytes | None = None,
    timeout: float = TIMEOUT,
    limit: int = LIMIT,
    private: bool = False,
) -> Answer:
    """Send one request and give the whole answer.

    `timeout` (seconds) is for everything together, `limit` the most bytes of a body that are read;
    `private` lets it go into the own network. Fails with `NotReached` for anything else.
    """
    try:
        host = host_of(url)
        prepared = requests.Request(
            method, url, headers={"User-Agent": USER_AGENT, **headers}, params=params, json=json,
            data=body,
        ).prepare()  # fmt: skip
    except (requests.RequestException, ValueError, TypeError) as error:
        raise NotReached(f"the request cannot be sent: {error}") from error
    way = line.Line(private=private, seconds=timeout)
    try:
        return way.within_time(lambda: _exchange(prepared, way, limit))
    except (line.OutOfTimeError, TimeoutError, requests.Timeout) as error:
        raise NotReached(f"{host} did not answer within {timeout:g} s") from error
    except reachable.NotAllowedError as error:
        raise NotReached(f"{host} {error}") from error
    except ERRORS as error:
        raise NotReached(_said(host, error)) from error


def check(url: str, *, private: bool = False) -> None:
    """Fail with `NotReached` where `send` would refuse to go: for whoever enters an address. It
    looks the name up, which may take seconds."""
    host = host_of(url)
    way = line.Line(private=private, seconds=TIMEOUT)
    try:
        way.within_time(lambda: reachable.addresses(host, 0, private=private))
    except reachable.NotAllowedError as error:
        raise NotReached(f"{host} {error}") from error
    except (line.OutOfTimeError, OSError, ValueError) as error:
        raise NotReached(f"no address is known for {host}") from error


def host_of(url: str) -> str:
    """The host that `url` names. Fails with `NotReached` unless it is an http(s) address without
    a user's name and password in it."""
    try:
        parts = parse_url(url)
    except HTTPError as error:
        raise NotReached(f"{url!r} is not an address") from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise NotReached("only http:// and https:// addresses are asked")
    if parts.auth is not None:
        raise NotReached("an address must not hold a name and password")
    return parts.host.strip("[]")


class _Session(requests.Session):
    """One that follows no redirect, and does not read one's body whole, as requests would."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: `_exchange` says what it is."""


def _exchange(prepared: requests.PreparedRequest, way: line.Line, limit: int) -> Answer:
    with _Session() as session:
        session.trust_env = False
        session.mount("http://", line.Door(way))
        session.mount("https://", line.Door(way))
        with session.send(
            prepared,
            stream=True,
            timeout=way.seconds,
            verify=settings.CERTIFICATES or True,
            allow_redirects=False,
        ) as answer:
            if answer.status_code in REDIRECTS:
                raise NotReached(
                    f"it answers with a redirect ({answer.status_code}), which is not followed:"
                    " enter the address that it leads to",
                    status=answer.status_code,
                )
            read = answer.raw.read(limit + 1, decode_content=True)
            if len(read) > limit:
                raise NotReached(
                    f"the answer is longer than {limit} bytes", status=answer.status_code
                )
            return Answer(answer.status_code, answer.headers, read)


def _said(host: str, error: BaseException) -> str:
    """The reason in a few words: what lies at the bottom of the libraries' errors."""
    texts = [str(deeper) for deeper in _causes(error)]
    if any("CERTIFICATE" in text or "SSL" in text for text in texts):
        return f"{host} has no certificate that holds: {texts[-1]}"
    return f"{host} cannot be reached: {texts[-1]}"


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        reason = getattr(error, "reason", None)
        error = (
            reason if isinstance(reason, BaseException) else error.__cause__ or error.__context__
        )
    return found


def is_done(answer: Answer) -> bool:
    """Whether the other side says that it did it (2xx)."""
    return HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES
