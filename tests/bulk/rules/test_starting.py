"""What is refused before anything is done to several cases, and that the set is fixed (V3)."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.bulk.models import Act, BulkAction, BulkChunk
from heliodesk.bulk.rules import starting
from heliodesk.bulk.rules.starting import start_bulk_action
from heliodesk.bulk.selection import Selection
from heliodesk.cases.models import Case, Priority
from heliodesk.cases.rules.taking import take
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NeedsConfirmation, NotFound, NotPermitted, Refused
from tests import cast
from tests.bulk.doing import begun, done, picked, result
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(company: Cast) -> Case:
    """A case of Frank's."""
    return cast.case(company)


@pytest.mark.parametrize(
    ("act", "arguments", "code", "rule"),
    [
        ("delete", {}, "unknown_act", "V3"),
        ("", {}, "unknown_act", "V3"),
        (Act.OWNER, {}, "new_owner_missing", "Q2"),
        (Act.OWNER, {"to": "user-1"}, "new_owner_missing", "Q2"),
        (Act.CLOSE, {}, "closed_reason_missing", "X1"),
        (Act.PRIORITY, {}, "priority_unknown", "H4"),
        (Act.PRIORITY, {"priority": "7"}, "priority_unknown", "H4"),
    ],
)
def test_what_makes_no_sense_is_refused(
    company: Cast, case: Case, act: str, arguments: dict[str, Any], code: str, rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        start_bulk_action(act, over=picked([case]), arguments=arguments, by=actor(company.frank))
    assert (refused.value.code, refused.value.rule) == (code, rule)
    assert not BulkAction.objects.exists()


def test_a_reason_that_only_the_system_sets_is_refused(company: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="not a reason one can choose"):
        begun(company.frank, Act.CLOSE, [case], reason=company.duplicate)


def test_somebody_who_cannot_own_a_case_is_refused_at_once(company: Cast, case: Case) -> None:
    with pytest.raises(Refused, match="is not in Support") as refused:
        begun(company.frank, Act.OWNER, [case], to=company.dora)
    assert (refused.value.rule, refused.value.field) == ("Q5", "to")


@pytest.mark.parametrize("act", list(Act))
def test_a_department_member_never_may_and_is_told_before(
    company: Cast, case: Case, act: Act
) -> None:
    with pytest.raises(NotPermitted):
        begun(company.dora, act, [case], to=company.bea, reason=company.resolved, priority="1")
    assert not BulkAction.objects.exists()


def test_who_works_no_queue_never_takes(company: Cast, case: Case) -> None:
    with pytest.raises(NotPermitted, match="you work none") as refused:
        begun(company.frank, Act.TAKE, [case])
    assert refused.value.rule == "Q4"


@pytest.mark.parametrize(
    ("over", "code"),
    [
        (Selection(), "nothing_selected"),
        (Selection(numbers=tuple(range(1, 1_002))), "too_many_picked"),
        (Selection(query="all=status:is:nonsense", everything=True), "filter_not_understood"),
        (
            Selection(query="all=shoe:is:7&all=open:is:yes", everything=True),
            "filter_not_understood",
        ),
        (Selection(query="all=customer:is:nobody", everything=True), "nothing_matches"),
    ],
)
def test_a_selection_that_means_nothing_or_something_else_is_refused(
    company: Cast, case: Case, over: Selection, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        start_bulk_action(
            Act.PRIORITY, over=over, arguments={"priority": "1"}, by=actor(company.sue)
        )
    assert (refused.value.code, refused.value.rule) == (code, "V3")
    assert not BulkAction.objects.exists()


def test_many_have_to_be_confirmed_by_their_number(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "FEW", 2)
    cases = [cast.case(company) for _ in range(12)]

    def start(confirmed: int | None) -> BulkAction:
        return start_bulk_action(
            Act.PRIORITY,
            over=Selection(query="all=open:is:yes", everything=True),
            arguments={"priority": "1"},
            confirmed=confirmed,
            by=actor(company.sue),
        )

    for told in (None, 10):
        with pytest.raises(NeedsConfirmation, match="These are 12 cases") as refused:
            start(told)
        assert refused.value.about == {"total": 12}
    assert start(11).total == len(cases)  # the list went on changing a little


def test_which_cases_they_are_is_fixed_when_it_begins(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "CHUNK", 2)
    cases = [cast.case(company) for _ in range(5)]
    closed = cast.case(company, status="closed")
    query = "all=priority:is:normal&all=open:is:yes"
    action = start_bulk_action(
        Act.PRIORITY,
        over=Selection(query=query, everything=True),
        arguments={"priority": "1"},
        by=actor(company.frank),
    )
    later = cast.case(company)
    chunks = BulkChunk.objects.filter(action=action).order_by("position")
    assert [len(chunk.case_ids) for chunk in chunks] == [2, 2, 1]
    assert [pk for chunk in chunks for pk in chunk.case_ids] == [case.pk for case in cases]
    assert (action.total, action.query) == (5, query)
    assert not {closed.pk, later.pk} & {pk for chunk in chunks for pk in chunk.case_ids}


def test_a_number_that_is_no_case_has_its_refusal(company: Cast, case: Case) -> None:
    action = start_bulk_action(
        Act.PRIORITY,
        over=Selection(numbers=(case.number, 99_999_999)),
        arguments={"priority": "1"},
        by=actor(company.frank),
    )
    refused = action.results.get()
    assert (refused.number, refused.code, refused.rule) == (99_999_999, "case_not_found", "K6")
    assert (action.total, action.refused) == (2, 1)


def test_the_record_says_who_what_and_over_which(company: Cast, case: Case) -> None:
    action = begun(company.frank, Act.OWNER, [case], to=company.bea, reason="Away")
    entry = AuditEntry.objects.get(kind="bulk_started")
    assert (entry.subject_kind, entry.subject_id, entry.by_id) == (
        "bulk_action",
        action.pk,
        company.frank.pk,
    )
    assert entry.changes["to_name"] == "Bea Tester"
    assert entry.changes["cases"] == 1


def test_giving_back_to_a_queue_asks_once_why(company: Cast, case: Case) -> None:
    taken = take(cast.case(company, owner_queue=company.homeowner_queue), by=actor(company.bea))
    with pytest.raises(Refused, match="say why they go back to one") as refused:
        begun(company.sue, Act.OWNER, [case, taken], to=company.installer_queue, reason=" ")
    assert (refused.value.rule, refused.value.field) == ("Q5", "reason")
    assert not BulkAction.objects.exists()
    begun(company.sue, Act.OWNER, [case, taken], to=company.installer_queue, reason="Bea is ill")
    begun(company.sue, Act.OWNER, [case, taken], to=company.bob)
    begun(company.sue, Act.OWNER, [case], to=company.installer_queue)
    begun(company.frank, Act.OWNER, [case, taken], to=company.installer_queue)  # Bea's: never


def test_the_refused_ones_again(company: Cast, case: Case) -> None:
    foreign = cast.case(company, owner_agent=company.fiona)
    first = done(company.frank, Act.PRIORITY, [case, foreign], priority="1")
    assert (first.done, first.refused) == (1, 1)
    foreign.owner_agent = company.frank
    foreign.save(update_fields=["owner_agent"])
    again = start_bulk_action(
        Act.PRIORITY,
        over=Selection(again_of=first.pk),
        arguments={"priority": 1},
        by=actor(company.frank),
    )
    assert (again.total, again.again_of) == (1, first)
    assert result(first, foreign).rule == "K7"


def test_anothers_refused_ones_are_nobody_elses(company: Cast, case: Case) -> None:
    first = done(company.sue, Act.PRIORITY, [case], priority=Priority.HIGH)
    with pytest.raises(NotFound):
        start_bulk_action(
            Act.PRIORITY,
            over=Selection(again_of=first.pk),
            arguments={"priority": 1},
            by=actor(company.frank),
        )
