"""Mails about coming in (K1)."""

from __future__ import annotations

from heliodesk.core.jobs import job
from heliodesk.notices.mail.sending import mail_server
from heliodesk.people.access import SYSTEM
from heliodesk.people.rules import mailing


@job()
def mail_invitation(*, invitation: int) -> None:
    """Mail the link of an invitation."""
    with mail_server() as server:
        mailing.mail_invitation(invitation, server, by=SYSTEM)


@job()
def mail_password_reset(*, user: int) -> None:
    """Mail the link by which a password is chosen anew."""
    with mail_server() as server:
        mailing.mail_reset(user, server, by=SYSTEM)
