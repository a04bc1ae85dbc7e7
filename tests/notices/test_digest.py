"""The daily digest: once a day, at its hour, what is unread by then, case by case (C2)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail

from heliodesk.core import clock
from heliodesk.feed.rules.posts import post
from heliodesk.notices.mail.due import due_a_digest
from heliodesk.notices.mail.news import CaseNews, case_news
from heliodesk.notices.models import Digest, Notice, NoticeKind
from heliodesk.notices.notify import notify_due
from heliodesk.notices.rules import mailing
from heliodesk.notices.rules.mailing import DIGEST_LIMIT
from heliodesk.notices.rules.reading import open_notice
from heliodesk.people.access import SYSTEM, Actor
from heliodesk.people.models import DeskSettings, MailWanted, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.notices.mails import send_digests, wants

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_mail")]
SIX_IN_THE_MORNING = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)  # in Los Angeles


@pytest.fixture
def morning(company: Cast, still: Clock) -> Clock:
    """Six in the morning where the desk is; Frank wants a digest."""
    still.at = SIX_IN_THE_MORNING
    wants(MailWanted.DIGEST, company.frank)
    return still


def test_it_comes_at_its_hour_in_the_time_zone_of_the_desk(company: Cast, morning: Clock) -> None:
    post(cast.case(company), body="@frank look", by=actor(company.bea))
    send_digests()
    assert mail.outbox == []
    morning.move(minutes=59)
    send_digests()
    assert mail.outbox == []
    morning.move(minutes=1)
    send_digests()
    assert [message.to for message in mail.outbox] == [["frank@example.com"]]


def test_the_hour_is_a_setting(company: Cast, morning: Clock) -> None:
    DeskSettings.objects.create(pk=1, digest_hour=6)
    post(cast.case(company), body="@frank look", by=actor(company.bea))
    send_digests()
    assert len(mail.outbox) == 1


def test_it_comes_once_a_day_and_tells_nothing_twice(company: Cast, morning: Clock) -> None:
    case = cast.case(company)
    post(case, body="@frank first", by=actor(company.bea))
    morning.move(hours=2)
    send_digests()
    post(case, body="@frank second", by=actor(company.bea))
    morning.move(hours=2)
    send_digests()
    assert len(mail.outbox) == 1
    morning.move(hours=22)
    send_digests()
    assert len(mail.outbox) == 2
    assert "second" in mail.outbox[1].body
    assert "first" not in mail.outbox[1].body
    assert Notice.objects.filter(mailed_at=None).count() == 0
    assert Digest.objects.count() == 2


def test_a_worker_that_was_down_in_the_morning_makes_up_for_it(
    company: Cast, morning: Clock
) -> None:
    post(cast.case(company), body="@frank look", by=actor(company.bea))
    morning.move(hours=12)
    send_digests()
    assert len(mail.outbox) == 1


def test_nothing_is_sent_when_there_is_nothing(company: Cast, morning: Clock) -> None:
    post(cast.case(company), body="@frank look", by=actor(company.bea))
    open_notice(Notice.objects.get().pk, by=actor(company.frank))
    morning.move(hours=2)
    assert due_a_digest() == []
    send_digests()
    assert mail.outbox == []
    assert not Digest.objects.exists()


def test_it_is_grouped_by_case_the_newest_first(company: Cast, morning: Clock) -> None:
    old, new = cast.case(company), cast.installer_case(company)
    for case, body in ((old, "@frank one"), (new, "@frank two"), (old, "@frank three")):
        morning.move(minutes=1)
        post(case, body=body, by=actor(company.bea))
    notify_due([company.frank.pk], new, NoticeKind.REVIEW_OVERDUE, due_at=clock.now(), by=SYSTEM)
    morning.move(hours=2)
    send_digests()
    (message,) = mail.outbox
    assert message.subject == "4 unread notices on Mar 3"
    places = [
        message.body.index(words)
        for words in (
            f"Case {new.display_number}", "Heliodesk says that the review of your case is overdue",
            "@Frank Tester two", f"Case {old.display_number}", "Tester three", "Tester one",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert message.body.count("Case 0") == 2


def test_cases_that_one_may_see_no_longer_are_left_out(company: Cast, morning: Clock) -> None:
    wants(MailWanted.DIGEST, company.dora)
    seen, hidden = cast.case(company), cast.case(company)
    cast.assignment(company, seen)
    for case in (seen, hidden):
        item = post(case, body="Hello", by=actor(company.bea))
        Notice.objects.create(
            recipient=company.dora, case=case, item=item, kind=NoticeKind.ASSIGNMENT, at=item.at
        )
    morning.move(hours=2)
    send_digests()
    (message,) = mail.outbox
    assert seen.display_number in message.body
    assert hidden.display_number not in message.body


def test_a_long_one_says_how_many_more_there_are(company: Cast, morning: Clock) -> None:
    case = cast.case(company)
    for at in range(DIGEST_LIMIT + 3):
        post(case, body=f"@frank {at}", by=actor(company.bea))
    morning.move(hours=2)
    send_digests()
    assert "And 3 more: https://desk.example.com/notices/" in mail.outbox[0].body
    assert mail.outbox[0].subject == f"{DIGEST_LIMIT + 3} unread notices on Mar 3"


def test_what_is_older_than_a_week_is_left_to_the_bell(company: Cast, morning: Clock) -> None:
    post(cast.case(company), body="@frank look", by=actor(company.bea))
    morning.move(days=7, hours=2)
    assert due_a_digest() == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"mail_wanted": "mentions"}])
def test_who_is_gone_or_wants_none_gets_none(
    company: Cast, morning: Clock, change: dict[str, object]
) -> None:
    wants(MailWanted.DIGEST, company.sue)
    post(cast.case(company), body="@sue look", by=actor(company.bea))
    User.objects.filter(pk=company.sue.pk).update(**change)
    morning.move(hours=2)
    send_digests()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("hour", "at", "is_due"),
    [
        (2, datetime(2026, 3, 8, 9, 59, tzinfo=UTC), False),  # 01:59, and then 03:00
        (2, datetime(2026, 3, 8, 10, 0, tzinfo=UTC), True),
        (1, datetime(2026, 11, 1, 7, 59, tzinfo=UTC), False),  # 00:59
        (1, datetime(2026, 11, 1, 8, 0, tzinfo=UTC), True),  # 01:00 for the first time
        (1, datetime(2026, 11, 1, 9, 0, tzinfo=UTC), True),  # and for the second
    ],
)
def test_an_hour_that_the_clock_leaves_out_or_repeats(
    company: Cast, morning: Clock, hour: int, at: datetime, is_due: bool
) -> None:
    DeskSettings.objects.create(pk=1, digest_hour=hour)
    morning.at = at
    post(cast.case(company), body="@frank look", by=actor(company.bea))
    assert due_a_digest() == ([company.frank.pk] if is_due else [])
    for _ in range(3):
        send_digests()
        morning.move(hours=1)
    assert len(mail.outbox) == 1


def test_only_what_it_shows_is_read_whole(
    company: Cast, morning: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "DIGEST_LIMIT", 2)
    case = cast.case(company)
    for number in range(6):
        post(case, body=f"@frank look at {number}", by=actor(company.bea))
    read: list[int] = []

    def counted(rows: list[Notice], *, seeing: Actor) -> list[CaseNews]:
        read.append(len(rows))
        return case_news(rows, seeing=seeing)

    monkeypatch.setattr("heliodesk.notices.rules.mailing.case_news", counted)
    morning.move(hours=2)
    send_digests()
    assert read == [2]
    assert "6 unread notices" in mail.outbox[0].subject
    assert "look at 5" in mail.outbox[0].body
    assert "look at 3" not in mail.outbox[0].body
    assert not Notice.objects.filter(mailed_at=None).exists()
