"""Inviting people, and how they come in for the first time (K1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from heliodesk.core import audit, clock
from heliodesk.core.refusal import NotFound, Refused
from heliodesk.core.rule import rule
from heliodesk.core.text import trimmed
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import Department, Invitation, Queue, Role, User
from heliodesk.people.rules.invitation_links import mail, new_key
from heliodesk.people.rules.leaving import deactivate
from heliodesk.people.rules.people import add_person, require_strong

VALID = timedelta(days=7)
SALT = "heliodesk.people.invitation"


@rule("K1", "K4")
def invite(
    *,
    name: str,
    username: str,
    email: str,
    role: str = Role.NONE,
    queues: Sequence[Queue] = (),
    departments: Sequence[Department] = (),
    by: Actor,
) -> Invitation:
    """Invite a person; gives the invitation, whose link is `address_of` it.

    They stand on the desk at once, without a password, with their role and memberships. Where the
    desk sends mail, the link goes to their address. Refuses as `add_person` does, and without an
    address.
    """
    require_administrator(by=by, to="invite people")
    if not trimmed(email):
        raise _refused("email", "email_missing", "Write their mail address.")
    values = {"name": name, "username": username, "email": email, "role": role}
    user = add_person(values=values, queues=queues, departments=departments, by=by)
    audit.note("invited", "user", user.pk, by=by)
    return _open(user, by=by)


@rule("K1", "K4")
def resend(invitation: Invitation, *, by: Actor) -> Invitation:
    """Send an open invitation anew, with another link and from now on as long as the first; the
    old link ends. Refuses for anybody but an administrator, and one that is over."""
    require_administrator(by=by, to="invite people")
    invitation = _locked(invitation.pk)
    _require_open(invitation)
    invitation.key = new_key()
    invitation.expires_at = clock.now() + VALID
    invitation.mailed_at, invitation.mail_refused = None, ""
    invitation.save(update_fields=["key", "expires_at", "mailed_at", "mail_refused"])
    audit.note("invited_again", "user", invitation.user_id, by=by)
    mail(invitation)
    return invitation


@rule("K1", "K4")
def withdraw(invitation: Invitation, *, by: Actor) -> Invitation:
    """Take an open invitation back: its link ends, and the person, who never came, is deactivated.
    Refuses as `resend` and `deactivate` do."""
    require_administrator(by=by, to="invite people")
    invitation = _locked(invitation.pk)
    _require_open(invitation)
    invitation.withdrawn_at = clock.now()
    invitation.save(update_fields=["withdrawn_at"])
    audit.note("invitation_withdrawn", "user", invitation.user_id, by=by)
    deactivate(invitation.user, by=by)
    return invitation


@rule("K1", "K4")
def accept(link: str, *, password: str, by: Actor) -> User:
    """Come in by an invitation's link and choose a password; gives the person.

    Refuses a link that is unknown, used, withdrawn or too old, and a weak password.
    """
    invitation = _locked(invited_by_link(link).pk)
    _require_open(invitation)
    _require_valid(invitation)
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    require_strong(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    _close(invitation, by=by)
    return user


@rule("K1", "K4")
def accept_by_signing_in(user: User, *, by: Actor) -> None:
    """Count an open invitation as accepted: the person has signed in by single sign-on."""
    found = Invitation.objects.select_for_update().filter(
        user=user, accepted_at=None, withdrawn_at=None
    )
    for invitation in found:
        _close(invitation, by=by)


def address_of(invitation: Invitation) -> str:
    """The link of an invitation, for its mail or to be copied. Whoever has it comes in."""
    return settings.ADDRESS + reverse("invitation", args=[link_of(invitation)])


def link_of(invitation: Invitation) -> str:
    """The part of the link that says which, and proves it: the table alone does not give it."""
    proof = salted_hmac(SALT, f"{invitation.pk} {invitation.key}", algorithm="sha256").hexdigest()
    return f"{invitation.pk}-{proof}"


def invited_by_link(link: str) -> Invitation:
    """The invitation of a link that may still be used; refuses any other, saying why."""
    number, _, _ = link.partition("-")
    found = (
        Invitation.objects.select_related("user").filter(pk=int(number)).first()
        if number.isdecimal() and len(number) < 12
        else None
    )
    if found is None or not constant_time_compare(link_of(found), link):
        raise NotFound(
            "invitation_unknown",
            "This is no invitation of this desk, or a newer one has been sent. Use the newest "
            "mail, or ask your administrator.",
            rule="K1",
        )
    _require_open(found)
    _require_valid(found)
    return found


def _open(user: User, *, by: Actor) -> Invitation:
    now = clock.now()
    invitation = Invitation.objects.create(
        user=user,
        key=new_key(),
        invited_by_id=by.user_id,
        invited_at=now,
        expires_at=now + VALID,
    )
    mail(invitation)
    return invitation


def _close(invitation: Invitation, *, by: Actor) -> None:
    invitation.accepted_at = clock.now()
    invitation.save(update_fields=["accepted_at"])
    audit.note("invitation_accepted", "user", invitation.user_id, by=by)


def _locked(pk: int) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)


def _require_open(invitation: Invitation) -> None:
    if invitation.accepted_at:
        raise Refused(
            "invitation_used",
            "This invitation has been used. Sign in, or ask your administrator.",
            rule="K1",
        )
    if invitation.withdrawn_at:
        raise Refused(
            "invitation_withdrawn",
            "This invitation has been withdrawn. Ask your administrator for another.",
            rule="K1",
        )


def _require_valid(invitation: Invitation) -> None:
    if clock.now() > invitation.expires_at or not invitation.user.is_active:
        raise Refused(
            "invitation_over",
            f"This invitation was good for {VALID.days} days. Ask your administrator to send it "
            "again.",
            rule="K1",
        )


def _refused(field: str, code: str, message: str) -> Refused:
    return Refused(code, message, rule="K1", field=field)
