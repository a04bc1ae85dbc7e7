"""The bell by case: the case with the newest notice first, each case once (C2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.notify import notify_due
from heliodesk.notices.queries import notices_of
from heliodesk.notices.rules.reading import mark_notices_read, open_notice
from heliodesk.people.access import SYSTEM
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import browser, page, words

pytestmark = pytest.mark.django_db


def tell_frank(company: Cast, case: Case, times: int = 1) -> None:
    for at in range(times):
        post(case, body=f"@frank {at}", by=actor(company.bea))


def test_each_case_stands_once_the_newest_first(company: Cast, still: Clock) -> None:
    old, busy, new = (cast.case(company) for _ in range(3))
    for case, times in ((old, 1), (busy, 5), (new, 1), (busy, 1)):
        still.move(minutes=1)
        tell_frank(company, case, times)
    shown = notices_of(actor(company.frank)).cases
    assert [case.number for case in shown] == [busy.number, new.number, old.number]
    assert [(case.unread, case.total, case.hidden) for case in shown] == [
        (6, 6, 3), (1, 1, 0), (1, 1, 0),
    ]  # fmt: skip
    assert [row.excerpt[-1] for row in shown[0].rows] == ["0", "4", "3"]


def test_pages_go_back_without_a_gap(company: Cast, still: Clock) -> None:
    cases = [cast.case(company) for _ in range(5)]
    for place, case in enumerate([*cases, *cases[:2]]):
        still.move(minutes=place % 2)
        tell_frank(company, case)
    seen: list[int] = []
    before: str | None = None
    while before != "":
        found = notices_of(actor(company.frank), before=before, limit=2)
        seen += [case.number for case in found.cases]
        before = found.older
    newest = [cases[at].number for at in (1, 0, 4, 3, 2)]
    assert seen == newest


def test_all_of_one_case_can_be_read(company: Cast) -> None:
    case, other = cast.case(company), cast.case(company)
    tell_frank(company, case, times=5)
    tell_frank(company, other)
    (shown,) = notices_of(actor(company.frank), case=case.number).cases
    assert (len(shown.rows), shown.hidden) == (5, 0)
    address = f"/notices/?case={case.display_number}"
    assert address in page(company.frank, "/notices/")
    read = page(company.frank, address)
    assert read.count('class="notice ') == 5
    assert other.display_number not in read


def test_a_case_is_marked_read_alone(company: Cast) -> None:
    case, other = cast.case(company), cast.case(company)
    tell_frank(company, case, times=4)
    tell_frank(company, other)
    newest = notices_of(actor(company.frank), case=case.number).newest
    tell_frank(company, case)
    sent = {"up_to": newest, "case": case.number}
    browser(company.frank).post("/notices/read/", sent)
    unread = {shown.number: shown.unread for shown in notices_of(actor(company.frank)).cases}
    assert unread == {case.number: 1, other.number: 1}
    assert mark_notices_read(up_to=2**60, case=case.number, by=actor(company.bob)) == 0


def test_a_department_member_sees_the_cases_they_may_see(company: Cast) -> None:
    case, hidden = cast.case(company), cast.case(company)
    cast.assignment(company, case)
    for each in (case, hidden):
        item = post(each, body="Hello", by=actor(company.frank))
        Notice.objects.create(
            recipient=company.dora, case=each, item=item, kind=NoticeKind.CUSTOMER, at=item.at
        )
    shown = notices_of(actor(company.dora)).cases
    assert [each.number for each in shown] == [case.number]


def test_it_is_one_statement_however_many_there_are(
    company: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        tell_frank(company, cast.case(company), times=4)
    frank = actor(company.frank)
    with django_assert_num_queries(1):
        assert len(notices_of(frank).rows) == 12


def test_the_bell_answers_alone_for_open_pages(
    company: Cast, frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        tell_frank(company, cast.case(company))
    with django_assert_max_num_queries(4):
        answer = frank_client.get("/notices/bell/")
    told = words(answer)
    assert 'data-unread="12"' in told
    assert told.count('class="notices__case"') == 8
    assert "<html" not in told


def test_what_is_due_by_itself_leads_to_where_it_is_done(company: Cast, still: Clock) -> None:
    case = cast.case(company)
    due_at = clock.now() - timedelta(hours=1)
    told = [company.frank.pk, company.sue.pk, company.oscar.pk]
    for _ in range(2):
        notify_due(told, case, NoticeKind.REVIEW_OVERDUE, due_at=due_at, by=SYSTEM)
        still.move(minutes=5)
    assert Notice.objects.count() == 2
    said = page(company.frank, "/notices/")
    assert "<strong>Heliodesk</strong> says that the review of your case is overdue" in said
    for who, place in ((company.frank, "review/new/"), (company.sue, "")):
        notice = Notice.objects.get(recipient=who)
        answer = browser(who).get(f"/notices/{notice.pk}/")
        assert answer["Location"] == case.get_absolute_url() + place


def test_what_is_no_more_due_leads_to_the_case(company: Cast) -> None:
    case = cast.case(company, status="closed")
    notify_due([company.frank.pk], case, NoticeKind.REVIEW_OVERDUE, due_at=clock.now(), by=SYSTEM)
    notice = open_notice(Notice.objects.get().pk, by=actor(company.frank))
    answer = browser(company.frank).get(f"/notices/{notice.pk}/")
    assert answer["Location"] == case.get_absolute_url()
