"""Which mails are due: what is unread, unmailed, wanted and may be seen (C2, K6)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from heliodesk.core import clock
from heliodesk.notices.models import AT_ONCE, Digest, Notice
from heliodesk.people.models import DeskSettings, MailWanted, User

REACH = timedelta(days=7)  # of a digest: what is older has waited at the bell long enough


def readers(wanted: MailWanted) -> QuerySet[User]:
    """Who wants mail of this kind and can get it: nobody, where the desk sends none."""
    if not settings.SENDS_MAIL:
        return User.objects.none()
    people = User.objects.filter(is_active=True, mail_wanted=wanted, mail_refused="")
    return people.exclude(email="")


def unmailed() -> QuerySet[Notice]:
    """Notices that nobody has read, on the desk or in a mail."""
    return Notice.objects.filter(read_at=None, mailed_at=None)


def due_at_once(item_id: int) -> QuerySet[Notice]:
    """The notices of a post that are to go out at once."""
    people = readers(MailWanted.MENTIONS)
    return unmailed().filter(item=item_id, kind__in=AT_ONCE, recipient__in=people).order_by("pk")


def for_digests() -> QuerySet[Notice]:
    """What the next digests tell: unread, and in no mail before."""
    return unmailed().filter(at__gt=clock.now() - REACH)


def due_a_digest() -> list[int]:
    """The IDs of those whose digest of today is due: at its hour or later, as long as there is
    something unread."""
    if clock.local(clock.now()).hour < DeskSettings.current().digest_hour:
        return []
    today = Digest.objects.filter(recipient=OuterRef("pk"), day=clock.today())
    news = for_digests().filter(recipient=OuterRef("pk"))
    people = readers(MailWanted.DIGEST).filter(~Exists(today), Exists(news))
    return list(people.values_list("pk", flat=True))
