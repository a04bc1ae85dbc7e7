"""The links of open invitations: whoever has one comes in, so each ends where it should (K1)."""

from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import get_random_string

from heliodesk.core import audit, clock
from heliodesk.core.jobs import defer
from heliodesk.people.access import Actor
from heliodesk.people.models import Invitation, User

MAIL_JOB = "heliodesk.people.jobs.mail_invitation"
KEY_LENGTH = 40


def new_key() -> str:
    """What another link is made from."""
    return get_random_string(KEY_LENGTH)


def mail(invitation: Invitation) -> None:
    """Have the link mailed, where the desk sends mail."""
    if settings.SENDS_MAIL:
        defer(MAIL_JOB, once=f"{MAIL_JOB} {invitation.pk}", invitation=invitation.pk)


def change_link(user: User) -> None:
    """The person has another address: the link that was mailed to the old one ends, and another
    goes to the new one."""
    for invitation in _open(user):
        invitation.key, invitation.mailed_at, invitation.mail_refused = new_key(), None, ""
        invitation.save(update_fields=["key", "mailed_at", "mail_refused"])
        mail(invitation)


def end_link(user: User, *, by: Actor) -> None:
    """The person has a password from an administrator: the link chooses none any more."""
    for invitation in _open(user):
        invitation.withdrawn_at = clock.now()
        invitation.save(update_fields=["withdrawn_at"])
        audit.note("invitation_withdrawn", "user", user.pk, by=by)


def _open(user: User) -> QuerySet[Invitation]:
    found = Invitation.objects.select_for_update()
    return found.filter(user=user, accepted_at=None, withdrawn_at=None)
