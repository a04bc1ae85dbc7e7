"""A Jira on this machine: Cloud or Data Center, as strict as its documentation.

It takes nothing that is not documented: other methods, addresses, fields, types, ways of signing
in and query texts are refused as Jira refuses them.
"""

from __future__ import annotations

import base64
import json
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.integrations.jira.jql_reader import Issue, NotJqlError, read
from tests.listener import Asked, Listener, Reply, listening

EMAIL, TOKEN = "desk@example.com", "jira-token-1"
CLOUD_SEARCH: dict[str, type] = {
    "jql": str, "maxResults": int, "fields": list, "nextPageToken": str, "expand": str,
    "properties": list, "fieldsByKeys": bool, "failFast": bool, "reconcileIssues": list,
}  # fmt: skip
SERVER_SEARCH: dict[str, type] = {
    "jql": str, "startAt": int, "maxResults": int, "validateQuery": bool, "fields": list,
    "expand": list, "properties": list,
}  # fmt: skip
BULK: dict[str, type] = {
    "issueIdsOrKeys": list, "fields": list, "expand": list, "fieldsByKeys": bool,
    "properties": list,
}  # fmt: skip
REMOTE: dict[str, type] = {
    "globalId": str, "application": dict, "relationship": str, "object": dict,
}  # fmt: skip
REMOTE_PARTS: dict[str, dict[str, type]] = {
    "application": {"type": str, "name": str},
    "object": {"url": str, "title": str, "summary": str, "icon": dict, "status": dict},
    "status": {"resolved": bool, "icon": dict},
}


class RefusedError(Exception):
    """Answered with this status, and with Jira's words for it."""

    def __init__(self, status: int, words: str = "") -> None:
        super().__init__(words)
        self.status, self.words = status, words


@dataclass
class JiraServer:
    """`issues` by key, `links` by key and `globalId`; `trouble` replaces every answer."""

    listener: Listener
    cloud: bool
    issues: dict[str, Issue] = field(default_factory=dict)
    links: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    trouble: Callable[[Asked, socket.socket], Reply | None] | None = None
    forbidden: bool = False

    @property
    def base_url(self) -> str:
        """Data Center often lives in a folder of its server."""
        return self.listener.url + ("" if self.cloud else "/jira")

    @property
    def asked(self) -> list[Asked]:
        return self.listener.asked

    def has(self, key: str, summary: str, status: str = "To Do", category: str = "new") -> Issue:
        """There is such an issue."""
        known = self.issues.get(key, {"id": str(10_000 + len(self.issues))})
        self.issues[key] = known | {
            "key": key, "summary": summary, "status": status, "category": category,
        }  # fmt: skip
        return self.issues[key]

    def refuses(self, status: int, body: bytes = b"", **headers: str) -> None:
        """Every request from now on is answered so."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.trouble = lambda asked, wire: Reply(status, body, named)

    def answer(self, asked: Asked, wire: socket.socket) -> Reply | None:
        if self.trouble is not None:
            return self.trouble(asked, wire)
        try:
            status, body = self._answer(asked)
        except RefusedError as refused:
            status = refused.status
            body = {"errorMessages": [refused.words], "errors": {}}
        text = b"" if body is None else json.dumps(body).encode()
        return Reply(status, text, {"Content-Type": "application/json;charset=UTF-8"})

    def _answer(self, asked: Asked) -> tuple[int, Any]:
        parts = urlsplit(asked.path)
        begin = urlsplit(self.base_url).path + f"/rest/api/{3 if self.cloud else 2}/"
        if not parts.path.startswith(begin):
            raise RefusedError(404, "null for uri")
        self._require_signed_in(asked)
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        what = (asked.method, parts.path.removeprefix(begin))
        if what == ("GET", "serverInfo"):
            return 200, self._server_info()
        if what == ("GET", "myself"):
            return 200, {"displayName": "Desk of Brightfield", "active": True}
        if what == ("POST", "search/jql") and self.cloud:
            return 200, self._search(checked(asked, CLOUD_SEARCH))
        if what == ("POST", "search") and not self.cloud:
            return 200, self._search(checked(asked, SERVER_SEARCH))
        if what[1] == "search":
            raise RefusedError(410, "The requested API has been removed.")
        if what == ("POST", "issue/bulkfetch") and self.cloud:
            return 200, self._bulk(checked(asked, BULK))
        if found := re.fullmatch(r"issue/([^/]+)(/remotelink)?", what[1]):
            issue = self._issue(found[1])
            return self._remote(issue, asked, given) if found[2] else self._one(issue, asked, given)
        raise RefusedError(404, "null for uri")

    def _require_signed_in(self, asked: Asked) -> None:
        pair = base64.b64encode(f"{EMAIL}:{TOKEN}".encode()).decode()
        wanted = f"Basic {pair}" if self.cloud else f"Bearer {TOKEN}"
        if asked.headers.get("authorization") != wanted:
            raise RefusedError(401, "Client must be authenticated to access this resource.")
        if asked.headers.get("accept") not in {"application/json", "*/*"}:
            raise RefusedError(406)

    def _server_info(self) -> dict[str, Any]:
        kind = "Cloud" if self.cloud else "Server"
        version = "1001.0.0-SNAPSHOT" if self.cloud else "9.12.2"
        return {"baseUrl": self.base_url, "version": version, "deploymentType": kind}

    def _search(self, body: dict[str, Any]) -> dict[str, Any]:
        ids = {issue["id"] for issue in self.issues.values()}
        validates = body.get("validateQuery", True)
        try:
            reader, holds = read(body.get("jql", ""), ids, validates=validates)
        except NotJqlError as error:
            raise RefusedError(400, str(error)) from error
        if self.cloud and not reader.restrictions:
            raise RefusedError(400, "Unbounded JQL queries are not allowed here.")
        found = [issue for issue in reversed(self.issues.values()) if holds(issue)]
        shown = [self._shown(issue, body) for issue in found[: body.get("maxResults", 50)]]
        if self.cloud:
            return {"issues": shown, "isLast": len(shown) == len(found)}
        return {"startAt": 0, "maxResults": 50, "total": len(found), "issues": shown}

    def _bulk(self, body: dict[str, Any]) -> dict[str, Any]:
        wanted = body.get("issueIdsOrKeys", [])
        if not 1 <= len(wanted) <= 100:
            raise RefusedError(400, "issueIdsOrKeys must have 1 to 100 items.")
        by_any = {i["id"]: i for i in self.issues.values()} | self.issues
        found = [by_any[one] for one in dict.fromkeys(wanted) if one in by_any]
        return {"issues": [self._shown(one, body) for one in found], "issueErrors": []}

    def _issue(self, key: str) -> Issue:
        key = self.moved.get(key, key)
        for issue in self.issues.values():
            if key in {issue["key"], issue["id"]}:
                return issue
        raise RefusedError(404, "Issue does not exist or you do not have permission to see it.")

    def _one(self, issue: Issue, asked: Asked, given: dict[str, str]) -> tuple[int, Any]:
        if asked.method != "GET" or set(given) - {"fields"}:
            raise RefusedError(405)
        return 200, self._shown(issue, {"fields": given.get("fields", "*all").split(",")})

    def _shown(self, issue: Issue, body: dict[str, Any]) -> dict[str, Any]:
        category = {"key": issue["category"], "name": issue["category"].title()}
        fields = {
            "summary": issue["summary"],
            "status": {"name": issue["status"], "statusCategory": category},
        }
        wanted = body.get("fields", ["id"] if self.cloud else ["*all"])
        if wanted != ["*all"]:
            fields = {name: fields[name] for name in wanted if name in fields}
        return {"id": issue["id"], "key": issue["key"], "fields": fields}

    def _remote(self, issue: Issue, asked: Asked, given: dict[str, str]) -> tuple[int, Any]:
        if self.forbidden:
            raise RefusedError(403, "No Link Issue Permission for issue.")
        links = self.links.setdefault(issue["key"], {})
        if asked.method == "DELETE":
            if links.pop(given["globalId"], None) is None:
                raise RefusedError(404, "There is no such remote link.")
            return 204, None
        if asked.method != "POST" or given:
            raise RefusedError(405)
        body = checked(asked, REMOTE)
        for name, allowed in REMOTE_PARTS.items():
            part = body.get(name) or body["object"].get(name, {})
            require_fields(part, allowed)
        if not body["object"].get("url") or not body["object"].get("title"):
            raise RefusedError(400, "'title' and 'url' are required.")
        made = body["globalId"] not in links
        links[body["globalId"]] = body
        number = 10_000 + len(links)
        return 201 if made else 200, {"id": number, "self": f"{self.base_url}/{number}"}


def checked(asked: Asked, allowed: dict[str, type]) -> dict[str, Any]:
    """The body, a JSON object of known fields of the right types."""
    if asked.headers.get("content-type") != "application/json":
        raise RefusedError(415)
    body = asked.json()
    require_fields(body, allowed)
    assert isinstance(body, dict)
    return body


def require_fields(part: Any, allowed: dict[str, type]) -> None:
    if not isinstance(part, dict):
        raise RefusedError(400, "Invalid request payload.")
    for name, value in part.items():
        if name not in allowed or type(value) is not allowed[name]:
            raise RefusedError(400, f"Invalid request payload: {name}")


@contextmanager
def jira_server(*, cloud: bool = True) -> Iterator[JiraServer]:
    """A Jira that listens until the end."""
    with listening() as listener:
        server = JiraServer(listener, cloud)
        listener.answer = server.answer
        yield server
