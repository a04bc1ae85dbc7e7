"""Merging two open cases of one customer, and undoing it (X7)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from heliodesk.assignments.rules.ending import withdraw_assignment
from heliodesk.cases.models import Case, Channel, Closure, Interaction, Merge, Priority, Status
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.merged_things import related_cases
from heliodesk.cases.rules.merging import merge_cases, undo_merge
from heliodesk.cases.rules.relating import relate_cases
from heliodesk.cases.rules.reopening import reopen
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Notice
from heliodesk.people.access import Actor
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(company: Cast) -> tuple[Case, Case]:
    """Frank's case, which goes, and Bea's, which stays; both of Maria."""
    return cast.case(company), cast.case(company, owner_agent=company.bea)


@pytest.fixture
def frank(company: Cast) -> Actor:
    return actor(company.frank)


def posts(case: Case) -> list[str]:
    found = FeedItem.objects.filter(case=case, kind="post").order_by("id")
    return list(found.values_list("body", flat=True))


def fresh(*cases: Case) -> list[Case]:
    return [Case.objects.get(pk=case.pk) for case in cases]


def test_all_that_people_said_and_asked_goes_to_the_survivor(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    first = post(gone, body="@bea The bank called.", by=frank)
    post(gone, body="And again.", parent=first, by=frank)
    asked = cast.assignment(company, gone)
    spoke = Interaction.objects.create(
        account=gone.account, case=gone, channel=Channel.PHONE, about="Charge",
        resolved=False, at=gone.created_at, by=company.frank,
    )  # fmt: skip
    later = cast.case(company, previous_case=gone)
    merge = merge_cases(gone, into=stays, by=frank)
    assert posts(stays) == ["@bea The bank called.", "And again."]
    assert posts(gone) == []
    for thing in (asked, spoke):
        thing.refresh_from_db()
        assert thing.case == stays
    later.refresh_from_db()
    assert later.previous_case == stays
    assert Notice.objects.get(recipient=company.bea).case == stays
    assert (merge.assignments, merge.links) == ([asked.pk], [later.pk])


def test_the_survivor_keeps_its_owner_and_takes_priority_and_status(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    Case.objects.filter(pk=gone.pk).update(priority=Priority.HIGH)
    cast.assignment(company, gone)
    merge_cases(gone, into=stays, by=frank)
    gone, stays = fresh(gone, stays)
    assert (stays.owner_agent, stays.priority) == (company.bea, Priority.HIGH)
    assert stays.status == Status.INTERNAL_REFERRAL
    assert gone.status == Status.CLOSED
    assert Closure.objects.get(case=gone).reason.name == "Duplicate"


def test_what_happened_to_the_closed_case_stays_with_it(
    two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    merge_cases(gone, into=stays, by=frank)
    told = FeedItem.objects.filter(case=gone).values_list("kind", "data")
    assert list(told) == [("merged", {"other": stays.display_number})]
    assert FeedItem.objects.filter(case=stays, kind="merged_in").count() == 1


def test_only_the_owner_of_either_or_a_supervisor(company: Cast, two: tuple[Case, Case]) -> None:
    gone, stays = two
    for outsider in (company.fiona, company.dora):
        with pytest.raises(NotPermitted) as refused:
            merge_cases(gone, into=stays, by=actor(outsider))
        assert refused.value.rule == "K7"
    merge_cases(gone, into=stays, by=actor(company.bea))
    with pytest.raises(NotPermitted):
        undo_merge(gone, by=actor(company.fiona))
    undo_merge(gone, by=actor(company.sue))


def test_not_across_customers_or_types(company: Cast, two: tuple[Case, Case], frank: Actor) -> None:
    other = cast.case(
        company,
        account=company.neighbour,
        contact=company.neighbour_contact,
        contract=company.neighbour_contract,
    )
    at_the_org = cast.installer_case(company)
    for into in (other, at_the_org):
        with pytest.raises(Refused) as refused:
            merge_cases(two[0], into=into, by=frank)
        assert (refused.value.code, refused.value.rule) == ("merge_across_customers", "X7")


def test_not_a_closed_case_in_either_part_nor_one_with_itself(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    closed = cast.case(company, status=Status.CLOSED)
    for gone, stays in ((closed, two[0]), (two[0], closed)):
        with pytest.raises(Refused, match="only open cases are merged"):
            merge_cases(gone, into=stays, by=frank)
    with pytest.raises(Refused, match="with itself"):
        merge_cases(two[0], into=two[0], by=frank)


def test_undone_what_moved_goes_back_and_what_came_later_stays(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    first = post(gone, body="The bank called.", by=frank)
    merge_cases(gone, into=stays, by=frank)
    first.refresh_from_db()
    post(stays, body="To the bank's call.", parent=first, by=actor(company.bea))
    post(stays, body="Something new.", by=actor(company.bea))
    undo_merge(gone, by=frank)
    assert posts(gone) == ["The bank called.", "To the bank's call."]
    assert posts(stays) == ["Something new."]
    gone, stays = fresh(gone, stays)
    assert (gone.status, gone.closed_at) == (Status.NEW, None)
    assert gone.owner_agent == company.frank


def test_undone_the_statuses_are_worked_out_anew(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    Case.objects.filter(pk=gone.pk).update(status=Status.INTERNAL_REFERRAL, priority=Priority.HIGH)
    asked = cast.assignment(company, gone)
    merge_cases(gone, into=stays, by=frank)
    asked.refresh_from_db()
    withdraw_assignment(asked, by=actor(company.bea))
    undo_merge(gone, by=frank)
    gone, stays = fresh(gone, stays)
    assert gone.status == Status.AWAITING_SUPPORT
    assert (stays.status, stays.priority) == (Status.AWAITING_SUPPORT, Priority.NORMAL)


def test_an_assignment_that_still_stands_goes_back_with_its_status(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    cast.assignment(company, gone)
    merge_cases(gone, into=stays, by=frank)
    undo_merge(gone, by=frank)
    gone, stays = fresh(gone, stays)
    assert (gone.status, stays.status) == (Status.INTERNAL_REFERRAL, Status.NEW)


def test_undoing_takes_six_hours_at_most_and_does_not_use_up_the_reopening(
    company: Cast, two: tuple[Case, Case], frank: Actor, still: Clock
) -> None:
    gone, stays = two
    merge_cases(gone, into=stays, by=frank)
    still.move(hours=6)
    undo_merge(gone, by=frank)
    close(gone, reason=company.resolved, by=frank)
    assert not reopen(gone, by=frank).is_closed
    merge_cases(gone, into=stays, by=frank)
    still.move(hours=6, microseconds=1)
    with pytest.raises(Refused, match="more than 6 hours old"):
        undo_merge(gone, by=frank)


def test_not_twice_and_not_where_nothing_was_merged(two: tuple[Case, Case], frank: Actor) -> None:
    gone, stays = two
    with pytest.raises(Refused, match="not merged"):
        undo_merge(gone, by=frank)
    merge_cases(gone, into=stays, by=frank)
    undo_merge(gone, by=frank)
    with pytest.raises(Refused, match="undone already"):
        undo_merge(gone, by=frank)


def test_a_survivor_that_was_merged_onward_is_undone_first(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    third = cast.case(company)
    post(gone, body="The bank called.", by=frank)
    merge_cases(gone, into=stays, by=frank)
    merge_cases(stays, into=third, by=frank)
    with pytest.raises(Refused, match="Undo that merge first"):
        undo_merge(gone, by=frank)
    undo_merge(stays, by=frank)
    undo_merge(gone, by=frank)
    assert posts(gone) == ["The bank called."]


def test_a_merged_case_is_not_reopened_but_its_merge_undone(
    two: tuple[Case, Case], frank: Actor
) -> None:
    merge_cases(two[0], into=two[1], by=frank)
    with pytest.raises(Refused, match="Undo the merge") as refused:
        reopen(two[0], by=frank)
    assert refused.value.rule == "X7"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("into_id = case_id", "merge_into_another_case"),
        ("undone_at = now()", "merge_undoing_is_whole"),
    ],
)
def test_postgresql_holds(
    two: tuple[Case, Case], frank: Actor, change: str, constraint: str
) -> None:
    merge_cases(two[0], into=two[1], by=frank)
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE cases_merge SET {change}")


def test_a_case_is_merged_into_one_at_a_time(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    merge = merge_cases(two[0], into=two[1], by=frank)
    merge.pk = None
    with pytest.raises(IntegrityError, match="merge_one_a_case"), transaction.atomic():
        merge.save()
    assert Merge.objects.count() == 1


def test_links_to_related_cases_go_along_once_and_back(
    company: Cast, two: tuple[Case, Case], frank: Actor
) -> None:
    gone, stays = two
    third, fourth = cast.installer_case(company), cast.installer_case(company)
    for case, other in ((gone, third), (fourth, gone), (gone, stays), (stays, fourth)):
        relate_cases(case, other=other, by=frank)
    merge = merge_cases(gone, into=stays, by=frank)
    assert partners(stays) == {third.pk, fourth.pk, gone.pk}
    assert len(merge.related) == 1
    undo_merge(gone, by=frank)
    assert partners(gone) == {third.pk, fourth.pk, stays.pk}
    assert partners(stays) == {fourth.pk, gone.pk}


def partners(case: Case) -> set[int]:
    pairs = related_cases(case).values_list("case", "other")
    return {pk for pair in pairs for pk in pair} - {case.pk}
