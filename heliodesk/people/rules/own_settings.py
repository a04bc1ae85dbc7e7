"""What people set for themselves: the name others see, and which notices come by mail (C2)."""

from __future__ import annotations

from heliodesk.core import audit
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor
from heliodesk.people.models import MailWanted, User


@rule("C2", "K4")
def change_own_settings(user: User, *, name: str, mail_wanted: str, by: Actor) -> User:
    """Change one's own name and mail; gives the user. Mail is tried again where it was refused.

    Refuses another's settings, no name, an unknown choice, and mail without an address.
    """
    if user.pk != by.user_id:
        raise NotPermitted("not_you", "You may change only your own settings.", rule="K7")
    user = User.objects.select_for_update().get(pk=user.pk)
    after = {"name": " ".join(name.split()), "mail_wanted": mail_wanted, "mail_refused": ""}
    _require_sound(user, after)
    changes = {
        field: [getattr(user, field), value]
        for field, value in after.items()
        if getattr(user, field) != value
    }
    if changes:
        for field, value in after.items():
            setattr(user, field, value)
        user.save(update_fields=list(changes))
        audit.note("own_settings", "user", user.pk, changes=changes, by=by)
    return user


def _require_sound(user: User, after: dict[str, str]) -> None:
    if not after["name"]:
        raise Refused("name_missing", "Write the name that others see.", rule="K4", field="name")
    if after["mail_wanted"] not in MailWanted.values:
        raise Refused(
            "mail_wanted_unknown", "Choose one of the offered.", rule="C2", field="mail_wanted"
        )
    if after["mail_wanted"] != MailWanted.NONE and not user.email:
        raise Refused(
            "no_address",
            "The desk knows no mail address of yours. Ask an administrator to put it in.",
            rule="C2",
            field="mail_wanted",
        )
