"""Sending the mails about coming in: each looks whether it is still wanted (K1)."""

from __future__ import annotations

from django.core.mail.backends.base import BaseEmailBackend

from heliodesk.core import audit, clock
from heliodesk.core.rule import rule
from heliodesk.notices.mail.sending import MailRefused, hand_over
from heliodesk.people.access import Actor
from heliodesk.people.mail import mail_of_invitation, mail_of_reset
from heliodesk.people.models import Invitation, User


@rule("K1")
def mail_invitation(invitation_id: int, server: BaseEmailBackend, *, by: Actor) -> bool:
    """Mail an invitation that is open and not mailed yet; gives whether a mail went out. What the
    mail server refuses for good is kept with it, for administrators to see."""
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("user", "invited_by")
        .filter(pk=invitation_id, accepted_at=None, withdrawn_at=None, mailed_at=None)
        .first()
    )
    if found is None or not found.user.email:
        return False
    try:
        hand_over(mail_of_invitation(found), server)
    except MailRefused as refused:
        found.mail_refused = refused.answer
        found.save(update_fields=["mail_refused"])
        _note_refused(found.user, refused, by=by)
        return False
    found.mailed_at = clock.now()
    found.save(update_fields=["mailed_at"])
    return True


@rule("K1")
def mail_reset(user_id: int, server: BaseEmailBackend, *, by: Actor) -> bool:
    """Mail the link for a new password to who has one; gives whether a mail went out. A refused
    address is nobody's to tell: whoever asked learns nothing about it."""
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None or not user.has_usable_password():
        return False
    try:
        hand_over(mail_of_reset(user), server)
    except MailRefused as refused:
        _note_refused(user, refused, by=by)
        return False
    return True


def _note_refused(user: User, refused: MailRefused, *, by: Actor) -> None:
    told = {"email": user.email, "answer": refused.answer}
    audit.note("mail_refused", "user", user.pk, changes=told, by=by)
