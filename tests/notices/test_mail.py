"""Notices by mail, at once: to who wants it, may see the case and has not read it yet (C2, K6)."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from heliodesk.cases.models import Case
from heliodesk.feed.models import Mention
from heliodesk.feed.rules.posts import delete_post, edit_post, post
from heliodesk.notices.jobs import mail_digest, mail_notices
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.notices.notify import notify
from heliodesk.notices.rules.reading import open_notice
from heliodesk.people.models import MailWanted, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.notices.mails import waiting, wants, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_mail")]


@pytest.fixture
def case(company: Cast) -> Case:
    """A case of Frank's, who wants mentions by mail, as Bea and Dora do."""
    wants(MailWanted.MENTIONS, company.frank, company.bea, company.dora)
    return cast.case(company)


def recipients() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def test_a_mention_is_mailed_to_who_wants_it(company: Cast, case: Case, still: Clock) -> None:
    post(case, body="@frank @bob look", by=actor(company.bea))
    assert mail.outbox == []
    work_off()
    assert recipients() == ["frank@example.com"]
    assert Notice.objects.get(recipient=company.frank).mailed_at == still.at
    assert Notice.objects.get(recipient=company.bob).mailed_at is None


def test_a_job_that_runs_twice_mails_once(company: Cast, case: Case) -> None:
    post(case, body="@frank look", by=actor(company.bea))
    work_off()
    work_off()
    assert len(mail.outbox) == 1


def test_a_reply_and_a_mention_in_it_are_one_mail(company: Cast, case: Case) -> None:
    root = post(case, body="Who knows?", by=actor(company.frank))
    post(case, body="@frank, I do", parent=root, by=actor(company.bea))
    assert len(waiting()) == 1
    work_off()
    assert recipients() == ["frank@example.com"]


def test_nothing_is_deferred_where_nobody_wants_it(company: Cast, case: Case) -> None:
    post(case, body="@bob @sue look", by=actor(company.bea))
    wants(MailWanted.DIGEST, company.frank)
    post(case, body="@frank look", by=actor(company.bea))
    assert waiting() == []


def test_those_who_want_none_cost_no_statement(
    company: Cast, case: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    item = post(case, body="Hello", by=actor(company.bea))
    by = actor(company.bea)
    with django_assert_num_queries(2):
        notify([company.bob.pk, company.sue.pk], item, NoticeKind.MENTIONED, by=by)
    with django_assert_num_queries(3):
        notify([company.frank.pk], item, NoticeKind.MENTIONED, by=by)


@pytest.mark.parametrize("kind", [NoticeKind.NOW_OWNER, NoticeKind.CUSTOMER])
def test_what_nobody_said_to_them_rings_only_the_bell(
    company: Cast, case: Case, kind: NoticeKind
) -> None:
    item = post(case, body="Hello", by=actor(company.bea))
    notify([company.frank.pk], item, kind, by=actor(company.bea))
    assert waiting() == []
    mail_notices(item=item.pk)
    assert mail.outbox == []


def test_a_desk_without_mail_defers_none(company: Cast, case: Case, settings: Settings) -> None:
    settings.SENDS_MAIL = False
    post(case, body="@frank look", by=actor(company.bea))
    assert waiting() == []
    assert Notice.objects.filter(recipient=company.frank).exists()


def test_a_desk_that_sends_none_any_more_marks_none_as_mailed(
    company: Cast, case: Case, settings: Settings
) -> None:
    wants(MailWanted.DIGEST, company.sue)
    post(case, body="@frank @sue look", by=actor(company.bea))
    settings.SENDS_MAIL = False
    work_off()
    mail_digest(person=company.sue.pk)
    assert not Notice.objects.exclude(mailed_at=None).exists()


def test_the_job_exists_exactly_when_the_post_does(company: Cast, case: Case) -> None:
    with transaction.atomic():
        post(case, body="@frank look", by=actor(company.bea))
        assert len(waiting()) == 1
        transaction.set_rollback(True)
    assert waiting() == []


def test_what_has_been_read_meanwhile_is_not_mailed(company: Cast, case: Case) -> None:
    post(case, body="@frank look", by=actor(company.bea))
    open_notice(Notice.objects.get().pk, by=actor(company.frank))
    work_off()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"mail_wanted": "none"}, {"email": ""}, {"mail_refused": "550"}],
)
def test_who_is_gone_or_wants_none_by_now_gets_none(
    company: Cast, case: Case, change: dict[str, object]
) -> None:
    wants(MailWanted.MENTIONS, company.sue)
    post(case, body="@sue look", by=actor(company.bea))
    User.objects.filter(pk=company.sue.pk).update(**change)
    work_off()
    assert mail.outbox == []


def test_who_may_see_the_case_no_longer_gets_none(company: Cast, case: Case) -> None:
    assignment = cast.assignment(company, case)
    for body in ("@sales look", "@sales look again"):
        post(case, body=body, by=actor(company.frank))
    first, second = waiting()
    mail_notices(**first)
    assert recipients() == ["dora@example.com"]
    assignment.delete()
    Mention.objects.all().delete()
    mail_notices(**second)
    assert len(mail.outbox) == 1


def test_a_post_deleted_before_the_mail_went_is_not_mailed(company: Cast, case: Case) -> None:
    delete_post(post(case, body="@frank oops", by=actor(company.bea)), by=actor(company.bea))
    edited = post(case, body="@frank oops", by=actor(company.bea))
    edit_post(edited, body="@frank right", by=actor(company.bea))
    work_off()
    (message,) = mail.outbox
    assert "right" in message.body
    assert "oops" not in message.body


def test_nobody_is_mailed_their_own_doing(company: Cast, case: Case) -> None:
    post(case, body="@frank note to myself, and @bea", by=actor(company.frank))
    work_off()
    assert recipients() == ["bea@example.com"]
