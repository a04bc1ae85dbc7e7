"""Searching Jira's open tickets, whatever state Jira is in (J1, J2)."""

from __future__ import annotations

import json

import pytest

from heliodesk.core import clock, outgoing
from heliodesk.integrations.jira import client, guard
from heliodesk.integrations.jira.models import JiraSettings, KnownTicket
from heliodesk.integrations.jira.searching import WAITING, search
from tests.cast import Cast
from tests.clocks import Clock
from tests.integrations.jira.conftest import set_up
from tests.integrations.jira.server import JiraServer

pytestmark = pytest.mark.django_db
FIELDS = {"summary": "x", "status": {"name": "y", "statusCategory": {"key": "new"}}}
NOT_A_KEY = json.dumps({"issues": [{"id": "1", "key": "<b>", "fields": FIELDS}]}).encode()
LONG_ID = NOT_A_KEY.replace(b"<b>", b"SOL-1").replace(b'"1"', b"1" * 50)
HALF_A_CHARACTER = json.dumps(
    {"issues": [{"id": "1", "key": "SOL-1", "fields": FIELDS | {"summary": "\ud800"}}]}
).encode()


def keys(typed: str) -> list[str]:
    found = search(typed)
    assert not found.problem, found.problem
    return [ticket.key for ticket in found.tickets]


def test_by_words_while_the_last_is_still_being_typed(jira: JiraServer) -> None:
    jira.has("SOL-1", "Inverters go offline at noon")
    jira.has("SOL-2", "Inverter shows no production")
    jira.has("SOL-3", "Inverter goes offline", "Done", "done")
    assert keys("inverter") == ["SOL-2", "SOL-1"]
    assert keys("inverter offl") == ["SOL-1"]
    assert keys("inverters noon") == ["SOL-1"]
    assert keys("roof") == []


def test_a_ticket_comes_with_key_title_status_and_address(jira: JiraServer) -> None:
    jira.has("SOL-7", "Ñandú’s “roof” <leaks>", "In Progress", "indeterminate")
    (ticket,) = search("ñandú roof").tickets
    assert (ticket.key, ticket.title, ticket.status) == (
        "SOL-7", "Ñandú’s “roof” <leaks>", "In Progress",
    )  # fmt: skip
    assert ticket.url == f"{jira.base_url}/browse/SOL-7"
    assert ticket.told


def test_an_exact_key_comes_alone_also_out_of_a_pasted_url(jira: JiraServer) -> None:
    jira.has("SOL-12", "Something else")
    jira.has("SOL-13", "Follows SOL-12")
    for typed in ("sol-12", " SOL-12 ", f"{jira.base_url}/browse/SOL-12?filter=1"):
        assert keys(typed) == ["SOL-12"]
    assert keys(f"{jira.base_url}/secure/Rapid.jspa?selectedIssue=SOL-13") == ["SOL-13"]


def test_a_key_that_is_done_or_not_there_is_said_to_be_so(jira: JiraServer) -> None:
    jira.has("SOL-3", "Old", "Released", "done")
    assert "SOL-3 is done in Jira (Released)" in search("SOL-3").problem
    assert "no ticket SOL-99" in search("SOL-99").problem
    assert not guard.pause()


@pytest.mark.parametrize(
    "typed",
    ['a" OR key = X-1 OR text ~ "b', "(((", "*", "a*b? +c -d && e || !f ^2 ~3 [x TO y] {z}",
     "c:\\temp", "ORDER BY key", "text ~ secret", "💡💡", "\x00ab", "it's 100 %"],
)  # fmt: skip
def test_nothing_typed_becomes_part_of_the_query(cloud: JiraServer, typed: str) -> None:
    """The server refuses what is not JQL, and every reserved character that is not escaped."""
    cloud.has("SOL-1", "secret")
    assert not search(typed).problem
    assert all("key =" not in str(one.json()["jql"]) for one in cloud.asked)


def test_only_of_the_projects_that_the_set_up_names(cloud: JiraServer, company: Cast) -> None:
    cloud.has("SOL-1", "Inverter")
    cloud.has("HR-1", "Inverter of the canteen")
    set_up(cloud, company, projects="sol, ops")
    assert keys("inverter") == ["SOL-1"]
    assert "does not search" in search("HR-1").problem


def test_the_same_question_is_asked_once_a_minute(cloud: JiraServer) -> None:
    cloud.has("SOL-1", "Inverter")
    assert keys("inverter") == keys("Inverter") == ["SOL-1"]
    assert len(cloud.asked) == 1
    assert KnownTicket.objects.get().title == "Inverter"


def test_one_letter_asks_nothing(cloud: JiraServer) -> None:
    assert keys("i") == []
    assert not cloud.asked


def test_429_is_honoured_for_as_long_as_jira_says(cloud: JiraServer, still: Clock) -> None:
    cloud.refuses(429, Retry_After="20")
    assert "fewer requests (429). Paste the ticket's URL" in search("inverter").problem
    cloud.trouble = None
    for _ in range(3):
        assert "fewer requests" in search("another").problem
    still.move(seconds=19)
    search("another")
    assert len(cloud.asked) == 1
    still.move(seconds=1)
    assert keys("another") == []
    assert len(cloud.asked) == 2


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {}, 30),
        (429, {"Retry_After": "nonsense"}, 30),
        (429, {"Retry_After": "999999999999"}, 3600),
        (429, {"Retry_After": "0"}, 1),
        (503, {"Retry_After": "45"}, 45),
        (503, {}, 30),
        (500, {}, 30),
        (401, {}, 300),
        (403, {"X_Authentication_Denied_Reason": "CAPTCHA_CHALLENGE"}, 300),
    ],
)
def test_how_long_jira_is_left_alone(
    cloud: JiraServer, still: Clock, status: int, headers: dict[str, str], seconds: int
) -> None:
    cloud.refuses(status, b"", **headers)
    assert search("inverter").problem
    pause = guard.pause()
    assert pause is not None
    assert (pause.until - clock.now()).total_seconds() == seconds


@pytest.mark.parametrize(
    "body",
    [b"<html>Sign in</html>", b"", b"[]", b"{}", b'{"issues": 7}', b'{"issues": [{"key": "A-1"}]}',
     NOT_A_KEY, HALF_A_CHARACTER, LONG_ID, b"[" * 100_000, b"x" * 1_100_000],
    ids=[*map(str, range(11))],
)  # fmt: skip
def test_nonsense_is_said_to_be_so_and_jira_left_alone(cloud: JiraServer, body: bytes) -> None:
    cloud.refuses(200, body)
    assert "Paste the ticket's URL" in search("inverter").problem
    assert search("other").problem
    assert len(cloud.asked) == 1


def test_a_redirect_to_a_page_for_signing_in_is_not_followed(cloud: JiraServer) -> None:
    cloud.refuses(302, Location=f"{cloud.base_url}/login.jsp")
    assert "redirect" in search("inverter").problem
    assert len(cloud.asked) == 1


def test_a_slow_jira_is_felt_once(cloud: JiraServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("heliodesk.integrations.jira.searching.SOON", 0.2)
    cloud.listener.drips(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b" ")
    assert "did not answer within 0.2 s" in search("inverter").problem

    def never(*args: object, **named: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr(outgoing, "send", never)
    assert "did not answer" in search("other").problem
    assert client.SOON <= 3


def test_few_threads_wait_for_jira(cloud: JiraServer) -> None:
    for _ in range(2):
        assert WAITING.acquire(blocking=False)
    try:
        assert "Jira is slow just now" in search("inverter").problem
    finally:
        WAITING.release(2)
    assert not cloud.asked


def test_without_a_jira_only_pasting_is_offered(company: Cast, cloud: JiraServer) -> None:
    JiraSettings.objects.update(is_active=False)
    assert search("inverter").problem.startswith("No Jira is set up. Paste the ticket's URL")
    JiraSettings.objects.all().delete()
    assert search("inverter").problem.startswith("No Jira is set up.")
