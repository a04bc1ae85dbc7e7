"""Following a case (W2)."""

from __future__ import annotations

from heliodesk.cases import access
from heliodesk.cases.models import Case, Follower
from heliodesk.core import audit, clock
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor


@rule("W2")
def follow_case(case: Case, *, by: Actor) -> Case:
    """Get the notices of the case from now on; gives it. Following it twice changes nothing.

    Refuses for those who may not see the case (K6).
    """
    access.require_visible(case, by=by)
    case = access.lock(case)
    values = {"at": clock.now()}
    _, is_new = Follower.objects.get_or_create(case=case, user_id=by.person_id, defaults=values)
    if is_new:
        audit.note("followed", "case", case.pk, by=by)
    return _settle(case)


@rule("W2")
def unfollow_case(case: Case, *, by: Actor) -> Case:
    """Get them no longer; gives the case. Nothing changes where one did not follow it."""
    case = access.lock(case)
    gone, _ = Follower.objects.filter(case=case, user_id=by.person_id).delete()
    if gone:
        audit.note("unfollowed", "case", case.pk, by=by)
    return _settle(case)


def _settle(case: Case) -> Case:
    is_followed = Follower.objects.filter(case=case).exists()
    if case.is_followed != is_followed:
        case.is_followed = is_followed
        case.save(update_fields=["is_followed"])
    return case
