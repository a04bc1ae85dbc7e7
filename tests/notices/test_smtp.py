"""Mail against a server that is gone, refuses, or asks to come again later (C2)."""

from __future__ import annotations

import smtplib
import socket
from datetime import timedelta
from email import message_from_string

import pytest
from pytest_django import Settings

from heliodesk.cases.models import Case
from heliodesk.core import clock
from heliodesk.core.models import AuditEntry
from heliodesk.feed.rules.posts import post
from heliodesk.notices.models import Digest, Notice
from heliodesk.people.models import MailWanted, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.notices.mails import send_digests, waiting, wants, work_off
from tests.notices.smtp_peer import Peer, listening

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sends_mail")]


@pytest.fixture
def case(company: Cast, settings: Settings) -> Case:
    """A case on which Frank, Bob and Sue are mentioned, who all want mail."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    wants(MailWanted.MENTIONS, company.frank, company.bob, company.sue)
    case = cast.case(company)
    post(case, body="@frank @bob @sue: **look**", by=actor(company.bea))
    return case


def work_off_with(peer: Peer, settings: Settings) -> None:
    settings.EMAIL_PORT = peer.port
    work_off()


def unmailed() -> set[str]:
    names = Notice.objects.filter(mailed_at=None).values_list("recipient__username", flat=True)
    return set(names)


def test_a_mail_arrives_with_both_parts(company: Cast, case: Case, settings: Settings) -> None:
    with listening() as peer:
        work_off_with(peer, settings)
    assert [to for to, _ in peer.got] == [f"{name}@example.com" for name in ("frank", "bob", "sue")]
    message = message_from_string(peer.got[0][1])
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/alternative", "text/plain", "text/html"]
    assert message["To"] == "frank@example.com"
    assert unmailed() == set()


def test_a_server_that_is_gone_is_tried_again(
    company: Cast, case: Case, settings: Settings
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = nobody.getsockname()[1]
        with pytest.raises(OSError, match="refused"):
            work_off()
    assert unmailed() == {"frank", "bob", "sue"}
    with listening() as peer:
        work_off_with(peer, settings)
    assert len(peer.got) == 3


def test_a_refused_address_is_kept_and_not_tried_for_ever(
    company: Cast, case: Case, settings: Settings
) -> None:
    with listening(frank="550 5.1.1 No such user") as peer:
        work_off_with(peer, settings)
        work_off()
        post(case, body="@frank again", by=actor(company.bea))
    assert [to for to, _ in peer.got] == ["bob@example.com", "sue@example.com"]
    company.frank.refresh_from_db()
    assert company.frank.mail_refused == "550 5.1.1 No such user"
    entry = AuditEntry.objects.get(kind="mail_refused")
    assert (entry.subject_id, entry.by_id) == (company.frank.pk, None)
    assert entry.changes["email"] == "frank@example.com"
    assert len(waiting()) == 1
    assert Notice.objects.filter(recipient=company.frank, read_at=None).count() == 2


def test_who_is_asked_to_come_again_later_holds_nobody_up(
    company: Cast, case: Case, settings: Settings
) -> None:
    with listening(frank="451 4.7.1 Come again later") as peer:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            work_off_with(peer, settings)
        assert unmailed() == {"frank"}
        peer.answers.clear()
        work_off()
    assert [to.split("@")[0] for to, _ in peer.got] == ["bob", "sue", "frank"]
    assert unmailed() == set()
    assert not User.objects.exclude(mail_refused="").exists()


def test_a_server_that_hangs_up_in_the_middle_is_tried_again(
    company: Cast, case: Case, settings: Settings
) -> None:
    with listening() as peer:
        peer.hangs_up_at = "DATA"
        with pytest.raises(smtplib.SMTPServerDisconnected):
            work_off_with(peer, settings)
        assert unmailed() == {"frank", "bob", "sue"}
        peer.hangs_up_at = ""
        work_off()
    assert len(peer.got) == 3


def test_a_mail_refused_for_what_it_says_is_not_tried_for_ever(
    company: Cast, case: Case, settings: Settings
) -> None:
    with listening() as peer:
        peer.to_data = "554 5.7.1 Looks like spam"
        work_off_with(peer, settings)
    assert unmailed() == {"frank", "bob", "sue"}
    assert User.objects.filter(mail_refused="554 5.7.1 Looks like spam").count() == 3


def test_a_refused_digest_is_not_tried_every_five_minutes(
    company: Cast, case: Case, settings: Settings, still: Clock
) -> None:
    wants(MailWanted.DIGEST, company.frank)
    still.at = clock.local(still.at).replace(hour=12) + timedelta(days=1)  # past the digest's hour
    with listening(frank="550 No such user") as peer:
        settings.EMAIL_PORT = peer.port
        for _ in range(2):
            send_digests()
            still.move(minutes=5)
    assert peer.got == []
    assert not Digest.objects.exists()
    assert User.objects.get(pk=company.frank.pk).mail_refused == "550 No such user"
