"""Sending what is due by mail (C2). Whoever has read it meanwhile, is gone, wants no mail any more
or may not see the case any more (K6) gets none."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.db.models import QuerySet

from heliodesk.cases.access import ids_who_may_see, visible_cases
from heliodesk.core import audit, clock
from heliodesk.core.rule import rule
from heliodesk.notices.mail import due
from heliodesk.notices.mail.message import mail_of_digest, mail_of_notice
from heliodesk.notices.mail.news import EXCERPT, RELATED, case_news
from heliodesk.notices.mail.sending import MailRefused, hand_over
from heliodesk.notices.models import Digest, Notice
from heliodesk.people.access import Actor, actor_for
from heliodesk.people.models import MailWanted, User

DIGEST_LIMIT = 40  # notices
#: Advisory locks: the first key says what of, the second which.
NOTICE_LOCK = 0x4D41_494C
DIGEST_LOCK = 0x4449_4753


@rule("C2", "K6")
def mail_notice(notice_id: int, server: BaseEmailBackend, *, by: Actor) -> bool:
    """Send one notice and mark it mailed, unless another worker is about it; gives whether a mail
    went out. Raises what smtplib raises where it is worth trying again."""
    if not _claimed(NOTICE_LOCK, notice_id):
        return False
    notice = (
        due.unmailed()
        .filter(pk=notice_id, recipient__in=due.readers(MailWanted.MENTIONS))
        .select_related(*RELATED)
        .first()
    )
    if notice is None:
        return False
    person = notice.recipient
    if not ids_who_may_see(notice.case, User.objects.filter(pk=person.pk)):
        return False
    (news,) = case_news([notice], seeing=actor_for(person, origin="mail"), excerpt=EXCERPT)
    sent = _sent(mail_of_notice(person.email, news, notice.pk), person, server, by=by)
    if sent:
        notice.mailed_at = clock.now()
        notice.save(update_fields=["mailed_at"])
    return sent


@rule("C2", "K6")
def mail_digest(user_id: int, server: BaseEmailBackend, *, by: Actor) -> bool:
    """Send somebody the digest of today and mark its notices mailed; gives whether one went out:
    one a day, none when there is nothing. Raises as `mail_notice` does."""
    if not _claimed(DIGEST_LOCK, user_id):
        return False
    now, today = clock.now(), clock.today()
    person = due.readers(MailWanted.DIGEST).filter(pk=user_id).first()
    if person is None or Digest.objects.filter(recipient=person, day=today).exists():
        return False
    notices = _for_digest(person)
    ids = list(notices.values_list("pk", flat=True))
    if not ids:
        return False
    shown = list(notices.filter(pk__in=ids[:DIGEST_LIMIT]).select_related(*RELATED))
    mail = mail_of_digest(
        person.email,
        case_news(shown, seeing=actor_for(person, origin="mail")),
        more=len(ids) - len(shown),
        day=f"{today:%b %-d}",
        key=f"{today:%Y%m%d}-{person.pk}",
    )
    sent = _sent(mail, person, server, by=by)
    if sent:
        Notice.objects.filter(pk__in=ids).update(mailed_at=now)
        Digest.objects.create(recipient=person, day=today, at=now)
    return sent


def _for_digest(person: User) -> QuerySet[Notice]:
    """What the digest tells, newest first; nothing of a case that they may see no longer."""
    notices = due.for_digests().filter(recipient=person)
    seeing = actor_for(person, origin="mail")
    if not seeing.is_support:
        notices = notices.filter(case__in=visible_cases(seeing).values("pk"))
    return notices.order_by("-at", "-id")


def _sent(
    mail: EmailMultiAlternatives, person: User, server: BaseEmailBackend, *, by: Actor
) -> bool:
    """Hand the mail over. Where the address is refused for good, that is kept with the person, and
    no more mail is tried until their address or choice changes."""
    try:
        hand_over(mail, server)
    except MailRefused as refused:
        person.mail_refused = refused.answer
        person.save(update_fields=["mail_refused"])
        changes = {"email": person.email, "answer": refused.answer}
        audit.note("mail_refused", "user", person.pk, changes=changes, by=by)
        return False
    return True


def _claimed(kind: int, key: int) -> bool:
    """Whether this transaction may send it: only one at a time, and nobody waits meanwhile who
    only wants to read the notice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [kind, key % 2**31])
        (got,) = cursor.fetchone()
    return bool(got)
