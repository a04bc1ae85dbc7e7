"""C2, the notices: nobody twice, nobody of their own doing, nobody who may not see the case; on the
desk and by mail, each leading to the very post."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.utils import timezone

from heliodesk.cases.rules.ownership import change_owner
from heliodesk.feed import kinds
from heliodesk.feed.record import record
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.notify import notify, notify_due
from heliodesk.people.access import SYSTEM
from heliodesk.people.models import MailWanted, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.notices.mails import send_digests, wants, work_off
from tests.screens import browser, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("reversed_", [False, True])
def test_c2_owner_member_and_mentioned_at_once_is_told_once_for_the_strongest_reason(
    company: Cast, reversed_: bool
) -> None:
    item = post(cast.case(company), body="Hello", by=actor(company.frank))
    reasons = [NoticeKind.ASSIGNMENT, NoticeKind.NOW_OWNER, NoticeKind.MENTIONED]
    for kind in sorted(reasons, reverse=reversed_):
        notify([company.bea.pk, company.bea.pk], item, kind, by=actor(company.frank))
    told = Notice.objects.get(recipient=company.bea)
    assert told.kind == NoticeKind.MENTIONED


def test_c2_a_reply_that_mentions_its_author_tells_them_once(company: Cast) -> None:
    case = cast.case(company, owner_agent=company.bea)
    root = post(case, body="Who knows?", by=actor(company.bea))
    post(case, body="@bea @homeowner I do", parent=root, by=actor(company.frank))
    assert Notice.objects.filter(recipient=company.bea).count() == 1


def test_c2_what_is_due_by_itself_is_told_once_for_each_time_it_is_due(
    company: Cast, still: Clock
) -> None:
    case = cast.case(company)
    for due_at in (still.at, still.at, still.move(hours=48)):
        notify_due([company.frank.pk], case, NoticeKind.REVIEW_OVERDUE, due_at=due_at, by=SYSTEM)
    assert Notice.objects.filter(recipient=company.frank).count() == 2


def test_c2_nobody_is_told_of_their_own_doing(company: Cast) -> None:
    case = cast.case(company)
    root = post(case, body="@frank @homeowner note", by=actor(company.frank))
    post(case, body="@frank again", parent=root, by=actor(company.frank))
    change_owner(case, to=company.bea, by=actor(company.frank))
    assert not Notice.objects.filter(recipient=company.frank).exists()
    post(case, body="@homeowner, who?", by=actor(company.bea))
    assert not Notice.objects.filter(recipient=company.bea, item__author=company.bea).exists()


def test_c2_members_of_a_department_are_told_only_of_cases_they_may_see(company: Cast) -> None:
    """K6, for departments: Sales has an assignment, Legal has none."""
    case = cast.case(company)
    cast.assignment(company, case)
    everybody = list(User.objects.values_list("pk", flat=True))
    item = record(case, kinds.ASSIGNMENT_CREATED, department="Sales", by=actor(company.frank))
    notify(everybody, item, NoticeKind.ASSIGNMENT, by=actor(company.frank))
    notify_due(
        everybody, case, NoticeKind.REVIEW_OVERDUE, due_at=timezone.now(), by=actor(company.frank)
    )
    told = set(Notice.objects.values_list("recipient__username", flat=True))
    assert "dora" in told
    assert not {"oscar", "frank"} & told


@pytest.mark.usefixtures("sends_mail")
def test_c2_a_mail_leads_to_the_very_post(company: Cast) -> None:
    wants(MailWanted.MENTIONS, company.frank)
    case = cast.case(company)
    item = post(case, body="@frank look", by=actor(company.bea))
    work_off()
    found = re.search(r"https://desk\.example\.com(/notices/\d+/)", str(mail.outbox[0].body))
    assert found is not None
    answer = browser(company.frank).get(found[1])
    place = f"?item={item.pk}#item-{item.pk}"
    assert answer["Location"] == case.get_absolute_url() + place
    assert page(company.bob, found[1], status=404)


@pytest.mark.usefixtures("sends_mail")
def test_c2_people_choose_no_mail_mentions_at_once_or_a_daily_digest(
    company: Cast, still: Clock
) -> None:
    wants(MailWanted.MENTIONS, company.frank)
    wants(MailWanted.DIGEST, company.bob)
    post(cast.case(company), body="@frank @bob @sue look", by=actor(company.bea))
    work_off()
    assert [message.to for message in mail.outbox] == [["frank@example.com"]]
    still.move(days=1)
    send_digests()
    assert [message.to for message in mail.outbox[1:]] in ([["bob@example.com"]], [])
    still.at = still.at.replace(hour=23)  # afternoon where the desk is
    send_digests()
    assert [message.to for message in mail.outbox[1:]] == [["bob@example.com"]]


def test_c2_every_kind_of_notice_reads_well(company: Cast) -> None:
    case = cast.case(company)
    for kind in NoticeKind:
        item = post(case, body=f"About {kind}", by=actor(company.bea))
        notify([company.frank.pk], item, kind, by=actor(company.bea))
    shown = page(company.frank, f"/notices/?case={case.number}")
    for kind in NoticeKind:
        assert f"About {kind}" in shown
    assert shown.count("<strong>Bea Tester</strong>") == len(NoticeKind)
