"""The example Engine keeps its contract, also over restarts and with two callers at once."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from examples.engine.server import EngineServer
from examples.engine.store import Store

TOKEN = "tok"
JOB = {"id": "J-77", "name": "Maria <Delgado>", "phase": "PTO", "installer": "Brightfield"}
MILESTONE = {"at": "2026-01-02T17:00:00+00:00", "milestone": "Permit received"}
COMMENTS = "/api/jobs/J-77/phases/OPS/comments"
WORDS = {"text": "Related Case (00000001)", "private": True}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EngineServer]:
    jobs = tmp_path / "jobs.json"
    jobs.write_text(json.dumps({"jobs": [JOB | {"entries": [MILESTONE]}]}))
    store = Store(tmp_path / "engine.sqlite3")
    store.fill(jobs)
    store.fill(jobs)  # once
    with EngineServer("127.0.0.1", 0, store=store, token=TOKEN) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(
    server: EngineServer,
    method: str,
    path: str,
    body: Any = None,
    token: str = TOKEN,
    key: str = "",
) -> tuple[int, str]:
    """The status and the body of the answer."""
    headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    port = int(server.server_address[1])
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, path, sent if method == "POST" else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def test_a_comment_is_kept_once_for_its_key(server: EngineServer) -> None:
    first, kept = ask(server, "POST", COMMENTS, WORDS, key="a")
    again, same = ask(server, "POST", COMMENTS, WORDS, key="a")
    assert (first, again) == (201, 200)
    assert json.loads(kept) == json.loads(same)
    assert ask(server, "POST", COMMENTS, WORDS | {"text": "another"}, key="a")[0] == 409
    assert ask(server, "POST", COMMENTS, WORDS | {"private": False}, key="a")[0] == 409
    feed = json.loads(ask(server, "GET", "/api/jobs/j-77/phases/OPS/feed")[1])["entries"]
    assert [(one["milestone"], one["text"]) for one in feed] == [
        ("", WORDS["text"]),
        ("Permit received", ""),
    ]
    reopened = Store(server.store.path)
    assert len(reopened.feed("J-77")) == 2


def test_callers_at_the_same_moment_leave_one(server: EngineServer) -> None:
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(ask, server, "POST", COMMENTS, WORDS, key="b") for _ in range(8)]
        statuses = sorted(one.result()[0] for one in sent)
    assert statuses == [200] * 7 + [201]
    assert len(server.store.feed("J-77")) == 2


NOT_FITTING: list[Any] = [
    *(b"", b"[", b"[]", b"[" * 60_000, b'{"text": "\\ud800", "private": true}'),
    *({"text": "a"}, {"text": " ", "private": True}, {"text": 1, "private": True}),
    {"text": "x" * 2001, "private": True},
]


@pytest.mark.parametrize("body", NOT_FITTING, ids=map(str, range(len(NOT_FITTING))))
def test_what_does_not_fit_is_refused(server: EngineServer, body: Any) -> None:
    status, said = ask(server, "POST", COMMENTS, body, key="c")
    assert (status, json.loads(said)["error"]) == (422, "not_fitting")
    assert len(server.store.feed("J-77")) == 1


def test_without_a_key_or_with_too_much_nothing_is_kept(server: EngineServer) -> None:
    assert ask(server, "POST", COMMENTS, WORDS)[0] == 422
    assert ask(server, "POST", COMMENTS, b"x" * 70_000, key="c")[0] == 413
    assert len(server.store.feed("J-77")) == 1


def test_unknown_jobs_paths_and_tokens(server: EngineServer) -> None:
    for path in ("/api/jobs/J-1", "/api/jobs/J-1/phases/OPS/feed", "/api/jobs/%2e%2e"):
        status, said = ask(server, "GET", path)
        assert (status, json.loads(said)["error"]) == (404, "unknown_job")
    assert json.loads(ask(server, "GET", "/api/cases")[1])["error"] == "unknown_path"
    for token in ("", "other", "ñ".encode().decode("latin-1")):
        assert ask(server, "GET", "/api/jobs/J-77", token=token)[0] == 401
        assert ask(server, "POST", COMMENTS, WORDS, token=token, key="d")[0] == 401
    assert len(server.store.feed("J-77")) == 1


def test_jobs_are_found(server: EngineServer) -> None:
    assert json.loads(ask(server, "GET", "/api/jobs/J-77")[1]) == JOB
    for query in ("q=j-7", "q=delgado", "q=", "q=&limit=" + "9" * 6000):
        assert json.loads(ask(server, "GET", f"/api/jobs?{query}")[1])["jobs"] == [JOB]
    assert json.loads(ask(server, "GET", "/api/jobs?q=%25")[1])["jobs"] == []


def test_people_see_the_feed_and_no_markup_of_others(server: EngineServer) -> None:
    ask(server, "POST", COMMENTS, WORDS | {"text": "<script>"}, key="e")
    for path in ("/", "/?q=<b>", "/feed/J-77"):
        status, page = ask(server, "GET", path)
        assert status == 200
        assert "&lt;Delgado&gt;" in page or "<b>" not in page
        assert "<script>" not in page
        assert "<Delgado>" not in page
    assert ask(server, "GET", "/feed/J-1")[0] == 404
