"""A comment stands in Engine's feed exactly once, whoever dies when (E1)."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest
from django.db import connection

from heliodesk.cases.models import EngineSettings, EngineState
from heliodesk.cases.rules import engine_posting
from heliodesk.cases.rules.engine_comment import KEY_TAKEN, send_comment
from heliodesk.integrations.engine import posting
from heliodesk.integrations.engine.jobs import post_due_comments
from heliodesk.people.access import SYSTEM
from tests.cases.opening import installer_case
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.integrations.engine.conftest import set_up
from tests.integrations.engine.server import FakeEngine, hangs_up, said
from tests.integrations.engine.work import comment_of, told, waiting, work_off
from tests.listener import Reply

pytestmark = pytest.mark.django_db


def test_the_comment_is_sent_once_with_its_key(company: Cast, engine: FakeEngine) -> None:
    case = installer_case(company, job_id="J-77")
    modified = case.last_modified_at
    work_off()
    comment = comment_of(case)
    assert engine.comments("J-77") == [f"Related Case ({case.display_number})"]
    assert engine.keys() == [str(comment.key)]
    assert engine.asked[0].json()["private"] is True
    assert (comment.state, comment.tries, comment.reason) == (EngineState.POSTED, 1, "")
    assert comment.comment_id
    assert told(case) == ["engine_posted"]
    case.refresh_from_db()
    assert case.last_modified_at == modified  # S4
    posting.post_one(comment.pk)
    post_due_comments()
    assert len(engine.asked) == 1


def test_engine_that_dies_before_it_answers_has_the_comment_once(
    company: Cast, engine: FakeEngine, still: Clock
) -> None:
    case = installer_case(company, job_id="J-77")
    engine.faults = [hangs_up]
    work_off()
    comment = comment_of(case)
    assert comment.state == EngineState.WAITING
    assert comment.reason.startswith("Engine was not reached (127.0.0.1")
    assert waiting(posting.DUE) == [{}]
    post_due_comments()  # too early
    assert len(engine.asked) == 1
    still.move(seconds=5)
    post_due_comments()
    assert len(set(engine.keys())) == 1
    assert len(engine.keys()) == 2
    assert engine.comments("J-77") == [comment.text]
    assert comment_of(case).state == EngineState.POSTED
    assert told(case) == ["engine_posted"]


class KilledError(BaseException):
    """Nothing after this is run, as in a process that is killed."""


def test_a_worker_killed_after_the_answer_leaves_the_rest_to_another(
    company: Cast, engine: FakeEngine, still: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = installer_case(company, job_id="J-77")

    def killed(*_: object, **__: object) -> None:
        raise KilledError

    with monkeypatch.context() as at_the_worst_moment:
        at_the_worst_moment.setattr(engine_posting, "posted", killed)
        with pytest.raises(KilledError):
            work_off()
    assert engine.comments("J-77") == [comment_of(case).text]
    assert comment_of(case).state == EngineState.WAITING
    post_due_comments()  # another could still be at it
    assert len(engine.asked) == 1
    still.move(seconds=engine_posting.CLAIMED_FOR.total_seconds())
    post_due_comments()
    assert len(engine.comments("J-77")) == 1
    assert told(case) == ["engine_posted"]


def test_who_is_told_late_that_it_is_posted_says_nothing_twice(
    company: Cast, engine: FakeEngine
) -> None:
    case = installer_case(company, job_id="J-77")
    comment = engine_posting.claim(comment_of(case).pk, by=SYSTEM)
    assert comment is not None
    assert engine_posting.claim(comment.pk, by=SYSTEM) is None
    for _ in range(2):
        engine_posting.posted(comment, "901", by=actor(company.ada))
    engine_posting.refused(comment, "no", by=actor(company.ada))
    engine_posting.put_off(comment, "no", again_in=None, by=actor(company.ada))
    assert comment_of(case).state == EngineState.POSTED
    assert told(case) == ["engine_posted"]


def test_an_engine_that_is_down_is_asked_once_at_a_time_and_less_and_less_often(
    company: Cast, engine: FakeEngine, still: Clock
) -> None:
    first = installer_case(company, job_id="J-77")
    second = installer_case(company, job_id="J-78", none_of_these=[first.number])
    pauses = []
    for _ in range(7):
        before = len(engine.asked)
        engine.faults = [hangs_up]
        post_due_comments()
        settings = EngineSettings.current()
        assert len(engine.asked) == before + 1
        assert settings.rests_until is not None
        pauses.append((settings.rests_until - still.at).total_seconds())
        work_off()  # a new case's job leaves Engine alone too
        assert len(engine.asked) == before + 1
        still.at = settings.rests_until
    assert pauses == [5, 10, 20, 40, 60, 60, 60]
    still.move(minutes=10)
    post_due_comments()
    assert engine.comments("J-77") == [comment_of(first).text]
    assert engine.comments("J-78") == [comment_of(second).text]
    settings = EngineSettings.current()
    assert (settings.failures, settings.rests_until) == (0, None)


@pytest.mark.parametrize("asked", ["90", "a date", "999999999999999999", "-5", "soon"])
def test_engine_may_ask_the_desk_to_wait(
    company: Cast, engine: FakeEngine, still: Clock, asked: str
) -> None:
    installer_case(company, job_id="J-77")
    date = format_datetime(still.at + timedelta(seconds=90), usegmt=False)
    wanted = {"a date": 90, "90": 90, "999999999999999999": 3600}.get(asked, 5)
    engine.refusals = [said(429, {}, Retry_After=date if asked == "a date" else asked)]
    work_off()
    rests_until = EngineSettings.current().rests_until
    assert rests_until is not None
    assert (rests_until - still.at).total_seconds() == wanted


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (said(401, {"error": "unknown_token", "message": "Who?"}), "refuses the desk's token"),
        (said(403, {}), "refuses the desk's token"),
        (said(500, {"error": "x", "message": "y"}), "answers with 500"),
        (said(404, {"detail": "Not Found"}), "answers with 404"),
        (Reply(422, b"<html>"), "answers with 422"),
        (Reply(302, b"", {"Location": "http://127.0.0.1:1/"}), "redirect"),
        (Reply(200, b"<!doctype html><p>Welcome to our Wi-Fi"), "as its contract says"),
        (Reply(201, b"[" * 100_000), "as its contract says"),
        (said(201, []), "as its contract says"),
        (said(201, {"id": "1", "text": "another", "private": True}), "as its contract says"),
        (said(204, None), "as its contract says"),
        (Reply(200, b"x" * 1_000_001), "longer than"),
    ],
)
def test_nonsense_is_no_refusal_and_is_tried_again(
    company: Cast, engine: FakeEngine, still: Clock, reply: Reply, reason: str
) -> None:
    case = installer_case(company, job_id="J-77")
    engine.refusals = [reply]
    work_off()
    comment = comment_of(case)
    assert comment.state == EngineState.WAITING
    assert reason in comment.reason
    assert told(case) == []
    still.move(seconds=5)
    post_due_comments()
    assert len(engine.comments("J-77")) == 1


def test_a_public_comment_is_not_the_private_one(company: Cast, engine: FakeEngine) -> None:
    case = installer_case(company, job_id="J-77")
    shown = {"id": "1", "text": comment_of(case).text, "private": False}
    engine.refusals = [said(201, shown)]
    work_off()
    assert comment_of(case).state == EngineState.WAITING


def test_what_will_not_heal_stops_with_the_reason_and_is_tried_again_by_hand(
    company: Cast, engine: FakeEngine
) -> None:
    case = installer_case(company, job_id="J-1")
    work_off()
    comment = comment_of(case)
    assert (comment.state, comment.reason) == (EngineState.REFUSED, "Engine knows no job J-1")
    assert told(case) == ["engine_refused"]
    post_due_comments()
    assert len(engine.asked) == 1
    with engine.store._open() as database:
        database.execute("UPDATE job SET id = 'J-1' WHERE id = 'J-77'")
    send_comment(case, by=actor(company.frank))
    assert comment_of(case).state == EngineState.WAITING
    work_off()
    assert engine.comments("J-1") == [comment.text]
    assert told(case) == ["engine_refused", "engine_posted"]
    assert len(set(engine.keys())) == 1


def test_a_key_that_belongs_to_another_comment_is_given_up_for_a_new_one(
    company: Cast, engine: FakeEngine
) -> None:
    case = installer_case(company, job_id="J-77")
    key = str(comment_of(case).key)
    engine.store.comment("J-77", "something else", private=True, key=key)
    work_off()
    assert (comment_of(case).state, comment_of(case).reason) == (EngineState.REFUSED, KEY_TAKEN)
    send_comment(case, by=actor(company.frank))
    work_off()
    assert engine.keys()[0] == key != engine.keys()[1]
    assert engine.comments("J-77")[0] == comment_of(case).text


def test_what_engine_says_does_not_carry_the_token_on(company: Cast, engine: FakeEngine) -> None:
    case = installer_case(company, job_id="J-77")
    words = "Bearer tok-55e1 may not\u0000 say that <b>"
    engine.refusals = [said(422, {"error": "not_fitting", "message": words})]
    work_off()
    assert comment_of(case).reason == "Bearer … may not say that <b>"


def test_one_that_engine_cannot_take_holds_up_no_other(
    company: Cast, engine: FakeEngine, still: Clock
) -> None:
    first = installer_case(company, job_id="J-77")
    second = installer_case(company, job_id="J-78", none_of_these=[first.number])
    engine.refusals = [said(500, {})]
    work_off()
    still.move(seconds=5)
    post_due_comments()
    assert {comment_of(case).state for case in (first, second)} == {EngineState.POSTED}


def test_without_an_engine_what_waits_is_to_be_posted_by_hand(
    company: Cast, engine: FakeEngine
) -> None:
    case = installer_case(company, job_id="J-77")
    EngineSettings.objects.update(is_active=False)  # while the case was being opened
    post_due_comments()
    assert comment_of(case).state == EngineState.BY_HAND
    assert not engine.asked


def test_a_new_address_is_tried_at_once(company: Cast, engine: FakeEngine, still: Clock) -> None:
    case = installer_case(company, job_id="J-77")
    engine.refusals = [said(429, {}, Retry_After="3000")]
    work_off()
    set_up(engine.address, company)
    jobs = connection.cursor()
    jobs.execute("SELECT scheduled_at FROM procrastinate_jobs WHERE task_name = %s", [posting.DUE])
    assert jobs.fetchall() == [(None,)]
    post_due_comments()
    assert comment_of(case).state == EngineState.POSTED
