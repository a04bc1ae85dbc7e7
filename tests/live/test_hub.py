"""The hubs of two server processes on one database: what they tell, and what they refuse (K2)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from heliodesk.feed.rules.posts import post
from heliodesk.live import opening
from heliodesk.live.changes import Position
from heliodesk.live.hub import Hub
from heliodesk.live.opening import Request
from heliodesk.live.watch import Watch
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast, actor, make_cast
from tests.live.pages import Line, session_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(transactional_db: None) -> Cast:
    """The whole cast, committed, and nothing told yet."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE live_change, live_presence")
    return make_cast()


@pytest.fixture
def hubs(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Hub, Hub]]:
    """Two, each with a connection of its own, which look more often than those of a desk."""
    monkeypatch.setattr("heliodesk.live.hub.LOOK_EVERY", 0.02)
    monkeypatch.setattr("heliodesk.live.hub.AFTER_TROUBLE", 0.05)
    pair = Hub(), Hub()
    for hub in pair:
        hub.start()
    yield pair
    for hub in pair:
        hub.stop()
        hub.join(10)
        assert not hub.is_alive()


def opened(hub: Hub, user: User, session: str = "", **shows: object) -> Line:
    """A page that is open on this hub."""
    line = Line()
    request = Request(Watch(**shows), session or session_of(user), "live", line)  # type: ignore[arg-type]  # a line of the test's own
    hub.ask(lambda: hub.open(request))
    until(lambda: bool(line.sent) or bool(line.refused))
    return line


def until(happens: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for it, but not forever."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_both_tell_a_post_once_it_is_committed(firm: Cast, hubs: tuple[Hub, Hub]) -> None:
    case = cast.case(firm)
    lines = [opened(hub, firm.frank, case=case.number) for hub in hubs]
    post(case, body="For both", by=actor(firm.bea))
    until(lambda: all(line.heard("item") for line in lines))


def test_presence_goes_across_and_ends_with_the_page(
    firm: Cast, hubs: tuple[Hub, Hub], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heliodesk.live.hub.GONE_AFTER", 0.1)
    case = cast.case(firm)
    frank = opened(hubs[0], firm.frank, case=case.number)
    bea = opened(hubs[1], firm.bea, case=case.number)

    def frank_sees() -> list[str]:
        heard = frank.heard("here")
        return [one["name"] for one in heard[-1]["people"]] if heard else []

    until(lambda: frank_sees() == ["Bea Tester"])
    hubs[1].ask(lambda: hubs[1].close(bea))
    until(lambda: frank_sees() == [])
    assert bea.is_ended


def test_what_was_missed_is_told_when_the_page_comes_back(
    firm: Cast, hubs: tuple[Hub, Hub]
) -> None:
    case = cast.case(firm)
    first = opened(hubs[0], firm.frank, case=case.number)
    position = first.sent.decode().split("id: ")[1].splitlines()[0]
    hubs[0].ask(lambda: hubs[0].close(first))
    post(case, body="Meanwhile", by=actor(firm.bea))
    since = Position.read(position)
    again = opened(hubs[1], firm.frank, case=case.number, since=since)
    until(lambda: len(again.heard("item")) == 1)


def test_nobody_signed_in_is_told_so_and_nothing_else(firm: Cast, hubs: tuple[Hub, Hub]) -> None:
    for session in ("", "nosuchsession", "../../etc"):
        line = opened(hubs[0], firm.frank, session or "x", case=1)
        assert line.told == [("end", {"why": "signed-out"})]
        assert line.is_ended


def test_signing_out_ends_the_stream_without_any_change(
    firm: Cast, hubs: tuple[Hub, Hub], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heliodesk.live.rounds.SWEEP_EVERY", 0.05)
    line = opened(hubs[0], firm.frank)
    Session.objects.all().delete()
    until(lambda: line.is_ended)
    assert line.told[-1] == ("end", {"why": "signed-out"})


def test_too_many_pages_are_refused(
    firm: Cast, hubs: tuple[Hub, Hub], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "A_PERSON", 2)
    session = session_of(firm.frank)
    lines = [opened(hubs[0], firm.frank, session) for _ in range(3)]
    assert [line.refused for line in lines] == [0, 0, 503]
    monkeypatch.setenv("HELIODESK_STREAMS", "2")
    assert opened(hubs[0], firm.bea).refused == 503


def test_positions_that_were_never_given_out_do_no_harm(firm: Cast, hubs: tuple[Hub, Hub]) -> None:
    since = Position(time.time(), "9:5:7,8")
    line = opened(hubs[0], firm.frank, since=since)
    until(lambda: bool(line.heard("again")))
    assert hubs[0].is_alive()


def test_a_lost_database_connection_is_made_anew(firm: Cast, hubs: tuple[Hub, Hub]) -> None:
    case = cast.case(firm)
    line = opened(hubs[0], firm.frank, case=case.number)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"  # a vacuum is not ours to end
        )
    until(lambda: bool(line.heard("again")))
    post(case, body="After it", by=actor(firm.bea))
    until(lambda: bool(line.heard("item")))
