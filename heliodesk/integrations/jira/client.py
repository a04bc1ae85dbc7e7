"""Asking Jira, Cloud and Data Center: the few requests that the desk makes, as documented."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from heliodesk.cases.rules.jira_links import Ticket
from heliodesk.core import clock, outgoing
from heliodesk.core.outgoing import Answer, NotReached
from heliodesk.core.sealed import Unsealable
from heliodesk.integrations.jira import answers, guard, jql
from heliodesk.integrations.jira.models import JiraSettings, Kind
from heliodesk.integrations.jira.problems import NoAnswer, NotNow, NotSignedIn, Problem

T = TypeVar("T")

SOON = 2.5  # seconds, where somebody waits
LATER = 10.0  # seconds, in the background
FIELDS = ["summary", "status"]
AT_ONCE = 100  # tickets read by one request


class Jira:
    """A Jira as it is set up. Every request fails with a `Problem`; while a pause holds, at once.

    `minding` is false for the set-up's test, which asks whatever happened before.
    """

    def __init__(
        self, settings: JiraSettings, *, timeout: float = LATER, minding: bool = True
    ) -> None:
        self.settings = settings
        self.timeout = timeout
        self.minding = minding
        self.is_cloud = settings.kind == Kind.CLOUD

    def server(self) -> Mapping[str, Any]:
        """What Jira says of itself: `version`, `deploymentType`, `baseUrl`."""
        return self._ask("GET", "serverInfo", lambda answer: answers.mapping(answer, "version"))

    def me(self) -> str:
        """The name of the account whose token it is."""
        found = self._ask("GET", "myself", lambda answer: answers.mapping(answer, "displayName"))
        return str(found["displayName"])

    def search(self, query: str, *, most: int) -> list[Ticket]:
        """The first tickets that a JQL query finds."""
        asked: dict[str, Any] = {"jql": query, "maxResults": most, "fields": FIELDS}
        path = "search/jql" if self.is_cloud else "search"
        return self._ask("POST", path, self._tickets, json=asked)

    def ticket(self, key: str) -> Ticket:
        """One ticket by its key, also by one that it had before it was moved."""
        params = {"fields": ",".join(FIELDS)}
        return self._ask("GET", f"issue/{quote(key, safe='')}", self._ticket, params=params)

    def tickets(self, ids: Sequence[str]) -> list[Ticket]:
        """Those of at most `AT_ONCE` tickets, by their IDs, which Jira shows to the account."""
        if self.is_cloud:
            asked: dict[str, Any] = {"issueIdsOrKeys": list(ids), "fields": FIELDS}
            return self._ask("POST", "issue/bulkfetch", self._tickets, json=asked)
        # Without validation an ID that is gone is left out instead of refusing them all.
        asked = {"jql": jql.with_ids(ids), "maxResults": len(ids), "fields": FIELDS}
        asked["validateQuery"] = False
        return self._ask("POST", "search", self._tickets, json=asked)

    def put_link(self, key: str, link: Mapping[str, Any]) -> None:
        """Make the remote link, or bring the one with its `globalId` up to date."""
        path = f"issue/{quote(key, safe='')}/remotelink"
        self._ask("POST", path, lambda answer: answers.mapping(answer, "id"), json=dict(link))

    def delete_link(self, key: str, global_id: str) -> None:
        """Delete the remote link with that `globalId`."""
        path = f"issue/{quote(key, safe='')}/remotelink"
        self._ask("DELETE", path, lambda answer: None, params={"globalId": global_id})

    def _ticket(self, answer: Answer) -> Ticket:
        return answers.ticket(answers.mapping(answer, "key"), self._address, clock.now())

    def _tickets(self, answer: Answer) -> list[Ticket]:
        found = answers.mapping(answer, "issues")["issues"]
        now = clock.now()
        return [answers.ticket(one, self._address, now) for one in answers.sequence(found)]

    def _address(self, key: str) -> str:
        return address_of(self.settings, key)

    def _ask(
        self,
        method: str,
        path: str,
        read: Callable[[Answer], T],
        **sent: Any,
    ) -> T:
        if self.minding and (standing := guard.pause()):
            raise NotNow(standing.why, until=standing.until)
        try:
            return read(answers.checked(self._sent(method, path, sent)))
        except Problem as problem:
            if self.minding and problem.pause is not None:
                problem.until = guard.leave_alone(problem.pause, problem.reason).until
            raise

    def _sent(self, method: str, path: str, sent: Mapping[str, Any]) -> Answer:
        url = f"{self.settings.base_url}/rest/api/{3 if self.is_cloud else 2}/{path}"
        headers = self._headers()
        try:
            return outgoing.send(
                method, url, headers=headers, timeout=self.timeout, private=True, **sent
            )
        except NotReached as missing:
            raise NoAnswer(missing.reason, pause=guard.AFTER_NO_ANSWER) from missing

    def _headers(self) -> dict[str, str]:
        try:
            token = self.settings.token
        except Unsealable as error:
            raise NotSignedIn(
                "The desk cannot read its Jira token any more: enter it anew in the set-up",
                pause=guard.AFTER_NO_SIGN_IN,
            ) from error
        if self.is_cloud:
            pair = base64.b64encode(f"{self.settings.email}:{token}".encode()).decode()
            return {"Authorization": f"Basic {pair}", "Accept": "application/json"}
        return {"Authorization": f"Bearer {token}", "Accept": "application/json"}


def address_of(settings: JiraSettings, key: str) -> str:
    """Where people open a ticket."""
    return f"{settings.base_url}/browse/{key}"
