"""Two workers at once, and one that is killed: a mail twice at most, a notice never (C2)."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from heliodesk.feed.rules.posts import post
from heliodesk.notices.jobs import mail_digest, mail_notices
from heliodesk.notices.mail.due import due_at_once
from heliodesk.notices.mail.sending import hand_over
from heliodesk.notices.models import Digest, Notice
from heliodesk.notices.rules import mailing
from heliodesk.notices.rules.reading import open_notice
from heliodesk.people.models import DeskSettings, MailWanted
from tests import cast
from tests.cast import Cast, actor
from tests.notices.mails import send_digests, wants, work_off
from tests.races import overtaken

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sends_mail")]


class Killed(BaseException):
    """A worker that is gone from one line to the next."""


def kill_after_sending(monkeypatch: pytest.MonkeyPatch) -> None:
    def hand_over_and_die(message: EmailMultiAlternatives, server: BaseEmailBackend) -> None:
        monkeypatch.setattr(mailing, "hand_over", hand_over)
        hand_over(message, server)
        raise Killed

    monkeypatch.setattr(mailing, "hand_over", hand_over_and_die)


def test_two_workers_mail_a_notice_once(company: Cast) -> None:
    wants(MailWanted.MENTIONS, company.frank)
    item = post(cast.case(company), body="@frank look", by=actor(company.bea))

    def work() -> None:
        mail_notices(item=item.pk)

    assert overtaken(work, work) == ""
    assert len(mail.outbox) == 1


def test_two_workers_mail_a_digest_once(company: Cast) -> None:
    DeskSettings.objects.create(pk=1, digest_hour=0)
    wants(MailWanted.DIGEST, company.frank)
    post(cast.case(company), body="@frank look", by=actor(company.bea))

    def work() -> None:
        mail_digest(person=company.frank.pk)

    assert overtaken(work, work) == ""
    assert len(mail.outbox) == 1
    assert Digest.objects.count() == 1


def test_somebody_reads_a_notice_while_it_is_being_mailed(company: Cast) -> None:
    wants(MailWanted.MENTIONS, company.frank)
    item = post(cast.case(company), body="@frank look", by=actor(company.bea))
    notice, frank = Notice.objects.get().pk, actor(company.frank)
    mailed = due_at_once(item.pk)
    assert list(mailed.values_list("pk", flat=True)) == [notice]

    def send() -> None:
        mailing._claimed(mailing.NOTICE_LOCK, notice)

    assert overtaken(send, lambda: open_notice(notice, by=frank)) == ""
    work_off()
    assert mail.outbox == []


@pytest.mark.parametrize("wanted", [MailWanted.MENTIONS, MailWanted.DIGEST])
def test_a_worker_killed_after_sending_sends_the_same_mail_once_more(
    company: Cast, monkeypatch: pytest.MonkeyPatch, wanted: MailWanted
) -> None:
    DeskSettings.objects.create(pk=1, digest_hour=0)
    wants(wanted, company.frank)
    post(cast.case(company), body="@frank look", by=actor(company.bea))
    work = work_off if wanted == MailWanted.MENTIONS else send_digests
    kill_after_sending(monkeypatch)
    with pytest.raises(Killed):
        work()
    assert Notice.objects.get().mailed_at is None
    for _ in range(2):
        work()
    first, second = (message.message()["Message-ID"] for message in mail.outbox)
    assert first == second
    assert Notice.objects.get().mailed_at is not None
