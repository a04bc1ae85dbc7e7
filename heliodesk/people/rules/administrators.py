"""The desk is never without somebody who can set it up (K1, K7)."""

from __future__ import annotations

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from heliodesk.core.refusal import Refused
from heliodesk.people.models import Role, User


def require_another_administrator(user: User, *, field: str | None = None) -> None:
    """Refuse where the person is the only administrator who can sign in: before they are
    deactivated, or get another role. Call it before the person's row is locked.

    All administrators are locked, in one order: of two who take the role from each other at the
    same moment the second is refused. An administrator who has no password and has never signed
    in, such as a service or somebody invited, does not count.
    """
    found = list(_administrators().order_by("pk").select_for_update().values_list("pk", flat=True))
    if user.pk in found and len(found) == 1:
        raise Refused(
            "last_administrator",
            f"{user.name} is the only administrator who can sign in, and the desk needs one. Make "
            "somebody else an administrator first.",
            rule="K7",
            field=field,
        )


def _administrators() -> QuerySet[User]:
    """The active ones who can sign in."""
    never_came = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)
    return User.objects.filter(~never_came, role=Role.ADMINISTRATOR, is_active=True)
