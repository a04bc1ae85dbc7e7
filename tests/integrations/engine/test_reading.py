"""What Engine says of jobs and feeds: only what its contract allows is taken (N4)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from heliodesk.integrations.engine.client import Engine, EngineAway, EngineRefused
from heliodesk.integrations.engine.reading import FoundJob
from tests.integrations.engine.server import TOKEN, FakeEngine, said
from tests.listener import Reply

MARIA = FoundJob("J-77", "Maria Delgado, Fresno", "INSTALL", "Brightfield")


@pytest.fixture
def client(running: FakeEngine) -> Engine:
    return Engine(running.address, TOKEN)


def test_a_job_is_found_by_its_id_and_by_its_name(client: Engine) -> None:
    assert client.job("J-77") == MARIA
    assert client.job("J-1") is None
    assert client.search("delgado", most=5) == [MARIA]
    assert client.search("J-7", most=5)[-1] == MARIA
    assert len(client.search("", most=1)) == 1
    assert client.search("100%", most=5) == []


def test_the_feed_of_its_ops_phase(client: Engine, running: FakeEngine) -> None:
    running.store.comment("J-77", "Related Case (00000001)", private=True, key="k")
    feed = client.feed("J-77")
    assert feed is not None
    assert [(one.author, one.text, one.private) for one in feed.entries] == [
        ("Heliodesk", "Related Case (00000001)", True)
    ]
    assert client.feed("J-1") is None


@pytest.mark.parametrize("job_id", ["a/b", "J 77?x=1#y", "ñ", "%2e%2e", "..\\jobs", "…"])
def test_an_id_of_any_letters_stays_one_name_in_the_path(
    client: Engine, running: FakeEngine, job_id: str
) -> None:
    assert client.job(job_id) is None
    path = running.asked[-1].path
    assert path.startswith("/api/jobs/")
    assert path.count("/") == 3
    assert "?" not in path


@pytest.mark.parametrize("job_id", [".", "..", ""])
def test_what_leads_through_folders_is_no_job(
    client: Engine, running: FakeEngine, job_id: str
) -> None:
    assert client.job(job_id) is None
    assert client.feed(job_id) is None
    with pytest.raises(EngineRefused):
        client.post(job_id, "Related Case (00000001)", uuid4())
    assert not running.asked


@pytest.mark.parametrize(
    "reply",
    [
        said(200, {"entries": "none"}),
        said(200, {"entries": [1]}),
        said(200, {"entries": [{"at": "yesterday"}]}),
        said(200, {"entries": [{"at": "2026-11-22T10:00:00"}]}),
        said(200, {"entries": [{"at": "9999-12-31T23:59:59+00:00"}]}),
        said(200, {"entries": [{"at": "2026-11-22T10:00:00Z", "text": {"a": 1}}]}),
        said(200, None),
        Reply(200, b"\xff\xfe"),
        Reply(200, b'{"entries":' + b"[" * 200_000),
    ],
)
def test_a_feed_of_nonsense_is_none(client: Engine, running: FakeEngine, reply: Reply) -> None:
    running.refusals = [reply]
    with pytest.raises(EngineAway, match="as its contract says"):
        client.feed("J-77")


def test_long_and_unseen_text_is_cut_away(client: Engine, running: FakeEngine) -> None:
    entry = {"at": "2026-11-22T10:00:00Z", "text": "a\u0000\u202e\ud800b" + "x" * 5_000}
    running.refusals = [said(200, {"entries": [entry] * 150})]
    feed = client.feed("J-77")
    assert feed is not None
    assert (len(feed.entries), feed.more) == (100, True)
    assert feed.entries[0].text.startswith("abx")
    assert len(feed.entries[0].text) == 2_000


def test_nobody_sees_the_token(client: Engine, running: FakeEngine) -> None:
    assert TOKEN not in repr(client)
    wrong = Engine(running.address, "another")
    with pytest.raises(EngineAway) as failed:
        wrong.job("J-77")
    assert "another" not in f"{failed.value!r} {failed.value.reason}"
