"""Signing somebody out elsewhere (K1)."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from heliodesk.core import audit
from heliodesk.core.refusal import NotFound
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import User


@rule("K1", "K4")
def end_session(session_id: int, *, by: Actor) -> None:
    """End one of one's own sessions, pages and live updates alike; one that has ended stays so.
    Refuses another's."""
    found = UserSession.objects.filter(pk=session_id)
    if found.exclude(user_id=by.user_id).exists():
        raise NotFound("session_not_found", "You are not signed in there.", rule="K1")
    if _end(found):
        audit.note("session_ended", "user", by.user_id, by=by)


@rule("K1", "K4")
def end_others(user: User, *, keep: str, by: Actor) -> int:
    """End all of one's own sessions but the one with the key `keep`; gives how many."""
    ended = _end(UserSession.objects.filter(user_id=user.pk).exclude(session_key=keep))
    if ended:
        audit.note("sessions_ended", "user", user.pk, changes={"count": ended}, by=by)
    return ended


@rule("K1", "K4")
def end_all_of(user: User, *, by: Actor) -> int:
    """End all sessions of somebody; gives how many. Refuses for anybody but an administrator."""
    require_administrator(by=by, to="sign other people out")
    ended = _end(UserSession.objects.filter(user_id=user.pk))
    if ended:
        audit.note("sessions_ended", "user", user.pk, changes={"count": ended}, by=by)
    return ended


@rule("K1", "K4")
def end_for_new_password(user: User, *, keep: str, by: Actor) -> None:
    """A password has been changed: all sessions that the old one opened end, but that with the key
    `keep`, in which it was done."""
    ended = _end(UserSession.objects.filter(user_id=user.pk).exclude(session_key=keep))
    audit.note("password_changed", "user", user.pk, changes={"ended": ended}, by=by)


def _end(found: QuerySet[UserSession]) -> int:
    keys = list(found.values_list("session_key", flat=True))
    ended, _ = Session.objects.filter(session_key__in=keys).delete()
    found.delete()
    return ended
