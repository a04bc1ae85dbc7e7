"""The bell: one's own notices, leading to the very post (C2, K6)."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.access import visible_cases
from heliodesk.core.refusal import NotFound
from heliodesk.feed import kinds
from heliodesk.feed.models import Mention
from heliodesk.feed.record import record
from heliodesk.feed.rules.posts import edit_post, post
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.notify import notify
from heliodesk.notices.queries import notices_of
from heliodesk.notices.rules.reading import mark_notices_read, open_notice
from heliodesk.notices.words import ICONS, WHY
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def test_a_notice_says_who_did_what_and_where(company: Cast) -> None:
    case = cast.case(company)
    post(case, body="@frank **see** <this> & that", by=actor(company.bea))
    (shown,) = notices_of(actor(company.frank)).cases
    (row,) = shown.rows
    assert (row.who, row.why, row.unread) == ("Bea Tester", "mentioned you", True)
    assert (shown.case, shown.customer) == (case.display_number, "Maria Delgado")
    assert row.case == shown.case
    assert row.excerpt == "@Frank Tester see <this> & that"


def test_every_kind_of_notice_has_words_and_a_mark() -> None:
    assert set(WHY) == set(ICONS) == set(NoticeKind)


def test_an_event_without_text_is_told_by_its_words(company: Cast) -> None:
    case = cast.case(company)
    item = record(case, kinds.OWNER, old="Frank", new="Bea", by=actor(company.frank))
    notify([company.bea.pk], item, NoticeKind.NOW_OWNER, by=actor(company.frank))
    row = notices_of(actor(company.bea)).rows[0]
    assert row.excerpt == "Frank Tester changed the owner from Frank to Bea"


def test_long_texts_are_cut(company: Cast) -> None:
    post(cast.case(company), body="@frank " + "word" * 200, by=actor(company.bea))
    assert len(notices_of(actor(company.frank)).rows[0].excerpt) == 140


def test_opening_marks_it_read_once(company: Cast, still: Clock) -> None:
    post(cast.case(company), body="@frank", by=actor(company.bea))
    first = still.at
    found = Notice.objects.get()
    open_notice(found.pk, by=actor(company.frank))
    still.move(hours=1)
    assert open_notice(found.pk, by=actor(company.frank)).read_at == first


@pytest.mark.parametrize("who", ["bea", "ada", "dora"])
def test_nobody_opens_anothers_notice(company: Cast, who: str) -> None:
    post(cast.case(company), body="@frank", by=actor(company.bob))
    with pytest.raises(NotFound):
        open_notice(Notice.objects.get().pk, by=actor(getattr(company, who)))
    assert Notice.objects.get().read_at is None


def test_all_are_read_up_to_what_was_on_the_screen(company: Cast) -> None:
    case = cast.case(company)
    for _ in range(3):
        post(case, body="@frank", by=actor(company.bea))
    newest = notices_of(actor(company.frank)).newest
    post(case, body="@frank, and this came since", by=actor(company.bea))
    assert mark_notices_read(up_to=newest, by=actor(company.frank)) == 3
    assert [row.unread for row in notices_of(actor(company.frank)).rows] == [True, False, False]


def test_all_read_leaves_others_alone(company: Cast) -> None:
    post(cast.case(company), body="@frank @bob", by=actor(company.bea))
    assert mark_notices_read(up_to=2**60, by=actor(company.frank)) == 1
    assert Notice.objects.get(recipient=company.bob).read_at is None


def test_a_notice_on_a_case_that_one_may_see_no_longer_is_gone(company: Cast) -> None:
    case = cast.case(company)
    item = post(case, body="For the department", by=actor(company.frank))
    Mention.objects.create(item=item, user=company.dora)
    notify([company.dora.pk], item, NoticeKind.MENTIONED, by=actor(company.frank))
    assert len(notices_of(actor(company.dora)).rows) == 1
    Mention.objects.all().delete()
    assert notices_of(actor(company.dora)).rows == []
    with pytest.raises(NotFound):
        open_notice(Notice.objects.get().pk, by=actor(company.dora))


def test_who_may_not_see_the_case_or_is_gone_is_not_told(company: Cast) -> None:
    item = post(cast.case(company), body="Hello", by=actor(company.frank))
    User.objects.filter(pk=company.bob.pk).update(is_active=False)
    everybody = User.objects.values_list("pk", flat=True)
    notify(everybody, item, NoticeKind.CUSTOMER, by=actor(company.frank))
    told = set(Notice.objects.values_list("recipient__username", flat=True))
    assert told == {"fiona", "bea", "ines", "sue", "ada"}


def test_who_is_told_may_see(company: Cast) -> None:
    case = cast.case(company)
    company.sales.memberships.create(user=company.oscar)
    item = post(case, body="x", by=actor(company.frank))
    Mention.objects.create(item=item, department=company.sales)
    for user in User.objects.all():
        notify([user.pk], item, NoticeKind.CUSTOMER, by=actor(company.frank))
        seen = visible_cases(actor(user)).filter(pk=case.pk).exists()
        told = Notice.objects.filter(recipient=user).exists()
        assert told == (seen and user != company.frank), user


def test_who_is_mentioned_no_more_is_told_no_more(company: Cast) -> None:
    item = post(cast.case(company), body="@bea @bob", by=actor(company.frank))
    open_notice(Notice.objects.get(recipient=company.bob).pk, by=actor(company.bob))
    edit_post(item, body="never mind", by=actor(company.frank))
    assert list(Notice.objects.values_list("recipient__username", flat=True)) == ["bob"]


def test_the_page_lists_them_and_opening_goes_to_the_very_post(
    company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    item = post(case, body="@frank please", by=actor(company.bea))
    found = Notice.objects.get()
    page = frank_client.get("/notices/").content.decode()
    assert f'href="/notices/{found.pk}/"' in page
    assert "Mark all read" in page
    answer = frank_client.get(f"/notices/{found.pk}/")
    place = f"?item={item.pk}#item-{item.pk}"
    assert answer["Location"] == case.get_absolute_url() + place
    assert "Mark all read" not in frank_client.get("/notices/").content.decode()


def test_mark_notices_read_is_a_form(company: Cast, frank_client: Client) -> None:
    post(cast.case(company), body="@frank please", by=actor(company.bea))
    sent = {"up_to": Notice.objects.get().pk}
    assert frank_client.post("/notices/read/", sent)["Location"] == "/notices/"
    assert Notice.objects.get().read_at is not None
    assert frank_client.post("/notices/read/").status_code == HTTPStatus.SEE_OTHER


def test_the_page_asks_little(
    company: Cast, frank_client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.case(company)
    for _ in range(12):
        post(case, body="@frank", by=actor(company.bea))
    with django_assert_max_num_queries(5):
        frank_client.get("/notices/")


def test_no_notices_is_a_page_too(company: Cast, client: Client) -> None:
    client.force_login(company.oscar)
    assert "Nothing yet" in client.get("/notices/").content.decode()
    assert client.get("/notices/999/").status_code == HTTPStatus.NOT_FOUND
