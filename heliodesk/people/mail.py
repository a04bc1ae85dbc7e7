"""The mails about coming in: an invitation, and a password that was forgotten (K1)."""

from __future__ import annotations

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.http import int_to_base36

from heliodesk.core import clock
from heliodesk.people.models import Invitation, User
from heliodesk.people.rules.invitation import address_of

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
INVITED = """Hello {name},

{who} invites you to Heliodesk, the case desk, at {desk}.
Open this link to choose a password and come in:

{link}

It is for you alone, works once, and until {until}. You sign in as {username}.
"""
RESET = """Hello {name},

somebody, most likely you, asked at {desk} for a new password of {username}.
Choose one here within a day:

{link}

If it was not you, do nothing: the old password holds.
"""


def mail_of_invitation(invitation: Invitation) -> EmailMultiAlternatives:
    """The mail with the link of an open invitation."""
    person, by = invitation.user, invitation.invited_by
    until = clock.local(invitation.expires_at)
    body = INVITED.format(
        name=person.name,
        who=by.name if by else "An administrator",
        desk=settings.ADDRESS,
        link=address_of(invitation),
        until=f"{until:%B %-d, %-I:%M %p}",
        username=person.username,
    )
    return _mail(person, "Your invitation to Heliodesk", body)


def mail_of_reset(user: User) -> EmailMultiAlternatives:
    """The mail with a link that ends when it is used, when the password or the address changes,
    and after a day."""
    key = f"{default_token_generator.make_token(user)}"
    path = reverse("account_reset_password_from_key", args=[int_to_base36(user.pk), key])
    body = RESET.format(
        name=user.name, desk=settings.ADDRESS, username=user.username, link=settings.ADDRESS + path
    )
    return _mail(user, "A new password for Heliodesk", body)


def _mail(to: User, subject: str, body: str) -> EmailMultiAlternatives:
    sender = formataddr(("Heliodesk", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    return EmailMultiAlternatives(subject, body, sender, [to.email], headers=dict(AUTOMATIC))
