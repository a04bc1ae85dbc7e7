"""What was committed since a position: each change once, however late (C2)."""

from __future__ import annotations

import time

import psycopg
import pytest
from django.db import connection

from heliodesk.core import audit
from heliodesk.live import changes
from heliodesk.live.changes import KEPT_FOR, Change, Position
from heliodesk.people.access import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
ENTRY = (
    "INSERT INTO core_auditentry (at, origin, kind, subject_kind, subject_id, changes)"
    " SELECT now(), 'test', 'post', 'case', each, '{\"item\": 7}'"
    " FROM generate_series(%s::bigint, %s) each"
)


@pytest.fixture(autouse=True)
def nothing_told_yet(transactional_db: None) -> None:
    """Without what other tests have left."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE live_change")


def another() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of somebody else's."""
    return psycopg.connect(
        **{
            key: value
            for key, value in connection.get_connection_params().items()
            if key in {"dbname", "user", "password", "host", "port"} and value
        }
    )


def test_a_change_is_found_once_with_the_item_of_the_feed() -> None:
    start = changes.position()
    audit.note("taken", "case", 5, changes={"item": 11, "old": "x"}, by=SYSTEM)
    found = changes.since(start)
    assert found.changes == [Change("case", 5, 11, "taken")]
    assert changes.since(found.position).changes == []


def test_what_commits_late_is_found_when_it_has_and_nothing_twice() -> None:
    with another() as slow:
        slow.execute(ENTRY, [1, 1])  # has its row and its number, and is not committed
        start = changes.position()
        audit.note("post", "case", 2, changes={"item": 8}, by=SYSTEM)
        quick = changes.since(start)
        assert [each.case_id for each in quick.changes] == [2]
        audit.note("post", "case", 3, changes={"item": 9}, by=SYSTEM)
        then = changes.since(quick.position)
        assert [each.case_id for each in then.changes] == [3]
        slow.commit()
    late = changes.since(then.position)
    assert late.changes == [Change("case", 1, 7, "post")]
    assert changes.since(late.position).changes == []


def test_what_is_taken_back_is_never_found() -> None:
    start = changes.position()
    with another() as undone:
        undone.execute(ENTRY, [1, 1])
        undone.rollback()
    assert changes.since(start).changes == []


def test_very_many_changes_at_once_are_told_as_one() -> None:
    start = changes.position()
    with another() as other:
        other.execute(ENTRY, [1, 1_000])
        other.commit()
    assert changes.since(start).changes == [changes.MANY]


def test_only_what_concerns_cases_is_told() -> None:
    start = changes.position()
    audit.note("account_changed", "account", 5, by=SYSTEM)
    assert changes.since(start).changes == []


def test_a_page_made_some_seconds_ago_catches_up() -> None:
    audit.note("post", "case", 2, changes={"item": 8}, by=SYSTEM)
    found = changes.since(Position(time.time() - 3))
    assert Change("case", 2, 8, "post") in found.changes


def test_too_long_ago_to_know() -> None:
    assert changes.since(Position(time.time() - KEPT_FOR)).changes == [changes.MANY]


def test_old_changes_are_forgotten() -> None:
    audit.note("post", "case", 2, changes={"item": 8}, by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE live_change SET at = at - make_interval(hours => 1)")
    changes.forget_old()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM live_change")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("text", ["", "x", "1/", "5/1:2", "1e9", "1/1:2:x", "1/1:2:3;", "9" * 40])
def test_nonsense_is_no_position(text: str) -> None:
    assert Position.read(text) is None or not Position.read(text).snapshot  # type: ignore[union-attr]


def test_a_position_is_read_back() -> None:
    found = changes.position()
    assert Position.read(str(found)).snapshot == found.snapshot  # type: ignore[union-attr]
