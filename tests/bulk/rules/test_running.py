"""Each case by the rule of the single act, in its own transaction, with its own result (V3)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from psycopg.errors import DeadlockDetected

from heliodesk.bulk.models import Act, BulkResult, Outcome
from heliodesk.bulk.rules import acts, running, starting
from heliodesk.bulk.rules.running import carry_on
from heliodesk.cases.models import Case, Priority, Status
from heliodesk.core.models import AuditEntry
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import Role
from tests import cast
from tests.bulk.doing import LONG, begun, done, result
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def outcome(found: BulkResult) -> tuple[str, str, str]:
    """As it reads."""
    return found.outcome, found.message, found.rule


def test_change_owner_gives_a_result_for_each(company: Cast) -> None:
    mine = cast.case(company)
    hers = cast.case(company, owner_agent=company.bea)
    foreign = cast.case(company, owner_agent=company.fiona)
    closed = cast.case(company, status=Status.CLOSED)
    action = done(
        company.sue, Act.OWNER, [mine, hers, foreign, closed], to=company.bea, reason="Absent"
    )
    assert (action.done, action.nothing, action.refused, action.left) == (2, 1, 1, 0)
    assert outcome(result(action, hers)) == (
        "nothing",
        "Bea Tester owns the case already.",
        "",
    )
    why = result(action, closed)
    assert why.message.startswith("The case is closed, so you cannot change its owner.")
    assert (why.outcome, why.rule) == (Outcome.REFUSED, "X6")
    item = FeedItem.objects.get(case=mine, kind="owner")
    assert (item.body, item.data["new"]) == ("Absent", "Bea Tester")


def test_giving_back_to_a_queue_needs_its_reason_for_those_that_came_from_one(
    company: Cast,
) -> None:
    new = cast.case(company)
    back = cast.case(company, owner_queue=company.homeowner_queue)
    # Asked for at once where one of them came from a queue; this one is taken only then.
    action = begun(company.sue, Act.OWNER, [new, back], to=company.installer_queue, reason="")
    done(company.bea, Act.TAKE, [back])
    assert carry_on(action.pk, seconds=LONG)
    assert result(action, new).outcome == Outcome.DONE
    assert outcome(result(action, back)) == (
        "refused",
        "The case came from a queue: say why it goes back to one.",
        "Q5",
    )


def test_take_close_and_priority(company: Cast) -> None:
    waiting = cast.case(company, owner_queue=company.homeowner_queue)
    gone = cast.case(company, owner_agent=company.bob)
    taken = done(company.bea, Act.TAKE, [waiting, gone])
    assert result(taken, waiting).outcome == Outcome.DONE
    assert outcome(result(taken, gone))[1:] == (
        "Bob Tester has this case. Take another, or ask Bob Tester in the feed to hand it over.",
        "Q4",
    )
    again = done(company.bea, Act.TAKE, [waiting])
    assert outcome(result(again, waiting))[:2] == ("nothing", "It was yours already.")

    assigned = cast.case(company, owner_agent=company.bea, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, assigned)
    closed = done(
        company.bea, Act.CLOSE, [waiting, assigned], reason=company.resolved, note="Storm over."
    )
    assert (closed.done, closed.refused) == (1, 1)
    assert result(closed, assigned).rule == "X2"
    waiting.refresh_from_db()
    assert (waiting.status, FeedItem.objects.get(kind="closed").body) == ("closed", "Storm over.")

    urgent = done(company.bea, Act.PRIORITY, [assigned, gone], priority="1")
    same = done(company.bea, Act.PRIORITY, [assigned], priority="1")
    assert (urgent.done, urgent.refused, same.nothing) == (1, 1, 1)
    assert outcome(result(same, assigned))[1] == "It was High already."
    assigned.refresh_from_db()
    assert assigned.priority == Priority.HIGH


def test_the_record_says_by_whom_and_that_it_came_by_this_action(company: Cast) -> None:
    case = cast.case(company)
    action = done(company.frank, Act.PRIORITY, [case], priority="1")
    entry = AuditEntry.objects.get(subject_kind="case", subject_id=case.pk)
    assert (entry.by_id, entry.origin) == (company.frank.pk, f"test, bulk action {action.pk}")
    ended = AuditEntry.objects.get(kind="bulk_finished")
    assert ended.changes == {"done": 1, "nothing": 0, "refused": 0, "left": 0}


def test_a_role_taken_away_in_the_middle_refuses_the_rest(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "TOGETHER", 1)
    cases = [cast.case(company, owner_agent=company.fiona) for _ in range(3)]
    set_priority = acts._set_priority
    did: list[Case] = []

    def then_demoted(case: Case, given: Any, by: Any) -> str:
        said = set_priority(case, given, by)
        did.append(case)
        company.sue.role = Role.FRONTLINE
        company.sue.save(update_fields=["role"])
        return said

    known = acts.DOINGS[Act.PRIORITY]
    changed = acts.Doing(known.require_permitted, known.to_keep, known.as_given, then_demoted)
    monkeypatch.setitem(acts.DOINGS, Act.PRIORITY, changed)
    action = done(company.sue, Act.PRIORITY, cases, priority="1")
    assert (action.done, action.refused) == (1, 2)
    assert {outcome(result(action, case))[1:] for case in cases[1:]} == {
        (
            "Only the case owner or a supervisor may edit it. Post in the feed to ask them.",
            "K7",
        )
    }


def test_who_is_no_longer_active_does_nothing_more(company: Cast) -> None:
    case = cast.case(company, owner_agent=company.fiona)
    action = begun(company.sue, Act.PRIORITY, [case], priority="1")
    company.sue.is_active = False
    company.sue.save(update_fields=["is_active"])
    carry_on(action.pk, seconds=LONG)
    assert result(action, case).rule == "K1"
    case.refresh_from_db()
    assert case.priority == Priority.NORMAL


def test_support_lost_in_the_middle_sees_no_case_any_more(company: Cast) -> None:
    case = cast.case(company, owner_agent=company.fiona)
    action = begun(company.sue, Act.PRIORITY, [case], priority="1")
    company.sue.role = Role.NONE
    company.sue.save(update_fields=["role"])
    carry_on(action.pk, seconds=LONG)
    assert result(action, case).rule == "K6"


def test_it_goes_on_where_it_stood_and_does_nothing_twice(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "CHUNK", 2)
    monkeypatch.setattr(running, "TOGETHER", 1)
    cases = [cast.case(company) for _ in range(5)]
    action = begun(company.frank, Act.PRIORITY, cases, priority="1")
    now = iter([0.0, 0.0, 0.0, 0.0, 9.0])
    monkeypatch.setattr("heliodesk.bulk.rules.running.monotonic", lambda: next(now, 9.0))
    assert not carry_on(action.pk, seconds=1)
    action.refresh_from_db()
    assert (action.results.count(), action.done, action.has_ended) == (3, 2, False)
    monkeypatch.undo()
    assert carry_on(action.pk, seconds=LONG)
    assert carry_on(action.pk, seconds=LONG)
    action.refresh_from_db()
    assert (action.done, action.left) == (5, 0)
    assert FeedItem.objects.filter(kind="fields").count() == 5


def test_a_failure_stops_nothing_and_is_said(
    company: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cases = [cast.case(company) for _ in range(3)]
    set_priority = acts._set_priority

    def sometimes(case: Case, given: Any, by: Any) -> str:
        said = set_priority(case, given, by)
        if case.pk == cases[1].pk:
            raise ZeroDivisionError("a mistake of the desk's")
        return said

    known = acts.DOINGS[Act.PRIORITY]
    changed = acts.Doing(known.require_permitted, known.to_keep, known.as_given, sometimes)
    monkeypatch.setitem(acts.DOINGS, Act.PRIORITY, changed)
    action = done(company.frank, Act.PRIORITY, cases, priority="1")
    assert (action.done, action.refused) == (2, 1)
    failed = result(action, cases[1])
    assert (failed.code, failed.rule) == ("failed", "V3")
    assert "a mistake of the desk's" in caplog.text
    cases[1].refresh_from_db()
    assert cases[1].priority == Priority.NORMAL


def test_a_deadlock_is_tried_again(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case = cast.case(company)
    set_priority = acts._set_priority
    tries: list[int] = []

    def deadlocked_once(case: Case, given: Any, by: Any) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return set_priority(case, given, by)

    known = acts.DOINGS[Act.PRIORITY]
    changed = acts.Doing(known.require_permitted, known.to_keep, known.as_given, deadlocked_once)
    monkeypatch.setitem(acts.DOINGS, Act.PRIORITY, changed)
    assert done(company.frank, Act.PRIORITY, [case], priority="1").done == 1
    assert len(tries) == 2


def test_a_case_costs_four_statements_more(company: Cast) -> None:
    def statements(count: int) -> int:
        action = begun(
            company.sue, Act.OWNER, [cast.case(company) for _ in range(count)], to=company.bea
        )
        with CaptureQueriesContext(connection) as asked:
            assert carry_on(action.pk, seconds=LONG)
        return len(asked)

    two, ten = statements(2), statements(10)
    assert ten - two <= 8 * 4
