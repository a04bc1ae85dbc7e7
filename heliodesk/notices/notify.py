"""Telling people (C2): nobody twice for one post, nobody for their own doing, nobody who may
not see the case."""

from __future__ import annotations

from collections.abc import Iterable

from heliodesk.cases.access import ids_who_may_see
from heliodesk.cases.models import Case
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.people.access import Actor
from heliodesk.people.models import QueueMembership, Role, User


def notify(user_ids: Iterable[int | None], item: FeedItem, kind: NoticeKind, *, by: Actor) -> None:
    """Tell those users of `item`; the actor, inactive people and those who may not see the case
    (K6) are left out."""
    wanted = {user_id for user_id in user_ids if user_id and user_id != by.user_id}
    if not wanted:
        return
    active = User.objects.filter(pk__in=wanted, is_active=True)
    told = ids_who_may_see(item.case, active)
    Notice.objects.bulk_create(
        [
            Notice(recipient_id=pk, case_id=item.case_id, item=item, kind=kind, at=item.at)
            for pk in told
        ],
        ignore_conflicts=True,
    )


def owner_ids(case: Case) -> list[int]:
    """Who stands behind the case's owner: the agent, or the members of the queue (B5)."""
    if case.owner_agent_id is not None:
        return [case.owner_agent_id]
    members = QueueMembership.objects.filter(queue=case.owner_queue)
    return list(members.values_list("user_id", flat=True))


def administrator_ids() -> list[int]:
    """Those who can put the set-up right."""
    people = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    return list(people.values_list("pk", flat=True))
