"""Telling people (C2): nobody twice for one post, nobody for their own doing, nobody who may
not see the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from heliodesk.cases.access import ids_who_may_see, those_seeing
from heliodesk.cases.models import Case, Follower
from heliodesk.core import clock
from heliodesk.core.jobs import defer
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import AT_ONCE, STRENGTH, Notice, NoticeKind
from heliodesk.people.access import Actor
from heliodesk.people.models import MailWanted, QueueMembership, Role, User

#: Of these an action on several cases tells each person once, when it has ended.
TOLD_TOGETHER = (NoticeKind.NOW_OWNER, NoticeKind.FOLLOWED)
MAIL_JOB = "heliodesk.notices.jobs.mail_notices"

#: Whoever has been told of the post already keeps that notice, with the stronger of the reasons.
TELL = """
    INSERT INTO notices_notice (recipient_id, case_id, item_id, kind, at)
    SELECT unnest(%s::bigint[]), %s, %s, %s, %s
    ON CONFLICT (recipient_id, item_id) DO UPDATE SET kind = excluded.kind
    WHERE array_position(%s::text[], excluded.kind::text)
        < array_position(%s::text[], notices_notice.kind::text)
"""


def notify(user_ids: Iterable[int | None], item: FeedItem, kind: NoticeKind, *, by: Actor) -> None:
    """Tell those users of `item`; the actor, inactive people and those who may not see the case
    (K6) are left out. Who wants it by mail at once gets it so, after the transaction. What is done
    to several cases at once is told by `notify_together`."""
    if by.bulk_action is not None and kind in TOLD_TOGETHER:
        return
    wanted = {user_id for user_id in user_ids if user_id and user_id != by.user_id}
    if not wanted:
        return
    columns = ("pk", "role", "mail_wanted", "email", "mail_refused")
    people = User.objects.filter(pk__in=wanted, is_active=True).values(*columns)
    active = {person["pk"]: person for person in people}
    told = sorted(those_seeing(item.case, {pk: person["role"] for pk, person in active.items()}))
    if not told:
        return
    with connection.cursor() as cursor:
        strength = [kind.value for kind in STRENGTH]
        row: list[Any] = [told, item.case_id, item.pk, kind.value, item.at]
        cursor.execute(TELL, [*row, strength, strength])
    if kind in AT_ONCE and settings.SENDS_MAIL and any(_mailed(active[pk]) for pk in told):
        defer(MAIL_JOB, once=f"{MAIL_JOB} {item.pk}", item=item.pk)


def notify_together(
    firsts: Mapping[int, FeedItem],
    counts: Mapping[int, int],
    kind: NoticeKind,
    *,
    bulk_action: int,
    by: Actor,
) -> None:
    """Tell each person, by their ID, in one notice of what an action did to several cases: of the
    post on the `firsts` of them, and how many there are in all (V3). Left out are the same as in
    `notify`; whoever has been told already keeps that notice."""
    wanted = [user_id for user_id in firsts if user_id != by.user_id]
    roles = User.objects.filter(pk__in=wanted, is_active=True).values_list("pk", "role")
    told = [pk for pk, role in roles if those_seeing(firsts[pk].case, {pk: role})]
    Notice.objects.bulk_create(
        [
            Notice(
                recipient_id=pk,
                case_id=firsts[pk].case_id,
                item=firsts[pk],
                kind=kind,
                at=clock.now(),
                bulk_action=bulk_action,
                cases=counts[pk],
            )
            for pk in told
        ],
        ignore_conflicts=True,
    )


def notify_due(
    user_ids: Iterable[int], case: Case, kind: NoticeKind, *, due_at: datetime, by: Actor
) -> None:
    """Tell those users of what has become due by itself on the case, since `due_at`: once, however
    often it is found. Left out are the same as in `notify`."""
    wanted = {user_id for user_id in user_ids if user_id != by.user_id}
    told = ids_who_may_see(case, User.objects.filter(pk__in=wanted, is_active=True))
    at = clock.now()
    Notice.objects.bulk_create(
        [Notice(recipient_id=pk, case=case, kind=kind, due_at=due_at, at=at) for pk in told],
        ignore_conflicts=True,
    )


def _mailed(person: dict[str, str]) -> bool:
    wanted = person["mail_wanted"] == MailWanted.MENTIONS
    return wanted and bool(person["email"]) and not person["mail_refused"]


def owner_ids(case: Case) -> list[int]:
    """Who stands behind the case's owner: the agent, or the members of the queue (B5)."""
    if case.owner_agent_id is not None:
        return [case.owner_agent_id]
    members = QueueMembership.objects.filter(queue=case.owner_queue)
    return list(members.values_list("user_id", flat=True))


def tell_followers(case: Case, item: FeedItem, *, by: Actor) -> None:
    """Tell those who follow the case (W2); a stronger reason for the same post takes its place."""
    ids = Follower.objects.filter(case=case).values_list("user_id", flat=True)
    notify(list(ids), item, NoticeKind.FOLLOWED, by=by)


def administrator_ids() -> list[int]:
    """Those who can put the set-up right."""
    people = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    return list(people.values_list("pk", flat=True))
