"""Mail, in the background (C2)."""

from __future__ import annotations

from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from heliodesk.core.jobs import defer, job, periodic
from heliodesk.notices.mail.due import due_a_digest, due_at_once
from heliodesk.notices.mail.sending import mail_server
from heliodesk.notices.rules import mailing
from heliodesk.people.access import SYSTEM

DIGEST_JOB = f"{__name__}.mail_digest"


@job()
def mail_notices(*, item: int) -> None:
    """Mail one post to those who are told of it and want that at once."""
    waiting = list(due_at_once(item).values_list("pk", flat=True))
    if not waiting:
        return
    later: SMTPException | None = None
    with mail_server() as server:
        for notice_id in waiting:
            try:
                mailing.mail_notice(notice_id, server, by=SYSTEM)
            except (SMTPRecipientsRefused, SMTPDataError) as refused:  # for now: others go on
                later = refused
    if later is not None:
        raise later


@periodic("*/5 * * * *")
def daily_digests() -> None:
    """Put the digests that are due into the queue, each as a job of its own: one that fails leaves
    the others alone."""
    for person in due_a_digest():
        defer(DIGEST_JOB, once=f"{DIGEST_JOB} {person}", person=person)


@job()
def mail_digest(*, person: int) -> None:
    """Mail somebody the digest of today."""
    with mail_server() as server:
        mailing.mail_digest(person, server, by=SYSTEM)
