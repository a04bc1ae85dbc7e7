"""Taking somebody's second factor away, who has lost it (K1)."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from heliodesk.core import audit
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import User


@rule("K1", "K4")
def reset_second_factor(user: User, *, by: Actor) -> int:
    """Take away all second factors of a person, with their recovery codes: they set up new ones
    when they sign in, where the desk asks for one. Gives how many there were.

    Refuses for anybody but an administrator, and for oneself, who does so in their own settings.
    """
    require_administrator(by=by, to="take a second factor away")
    if user.pk == by.user_id:
        raise Refused(
            "own_second_factor",
            "Your own second factor you change in your settings.",
            rule="K1",
        )
    count: int = Authenticator.objects.filter(user_id=user.pk).delete()[0]
    if count:
        audit.note("second_factor_reset", "user", user.pk, changes={"count": count}, by=by)
    return count
