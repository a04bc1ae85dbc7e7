"""Who is mentioned in a post by `@username`, `@queue-slug` or `@department-slug` (C1, K6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Lower

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core.refusal import Refused
from heliodesk.feed.markdown import handles
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    Queue,
    QueueMembership,
    User,
)

USER, QUEUE, DEPARTMENT = "user", "queue", "department"
ALWAYS = Value(True, output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody, a queue or a department, by the handle it is mentioned with."""

    what: str
    handle: str
    id: int
    name: str
    is_active: bool
    may_see: bool


def known(case: Case, wanted: Iterable[str]) -> list[Mentioned]:
    """Whom those handles (lower case) name; one that names two things names none."""
    wanted = set(wanted)
    if not wanted:
        return []
    people = User.objects.annotate(handle=Lower("username")).filter(handle__in=wanted)
    seeing = access.who_may_see(case, User.objects.filter(pk=OuterRef("pk")))
    found = _rows(people, USER, Exists(seeing)).union(
        _rows(_by_slug(Queue.objects.all(), wanted), QUEUE, ALWAYS),
        _rows(_by_slug(Department.objects.all(), wanted), DEPARTMENT, _department_sees(case)),
        all=True,
    )
    rows = [Mentioned(*row) for row in found]
    times = Counter(row.handle for row in rows)
    return [row for row in rows if times[row.handle] == 1]


def mentioned_in(text: str, case: Case) -> list[Mentioned]:
    """Whom the text mentions.

    Refuses where one of them may not see the case (K6), or is active no more.
    """
    found = known(case, handles(text))
    for one in found:
        if not one.is_active:
            raise Refused(
                "mentioned_inactive",
                f"{one.name} is not active any more. Mention somebody else in their place.",
                rule="C1",
                field="body",
            )
    blind = [one.name for one in found if not one.may_see]
    if blind:
        raise Refused(
            "mentioned_may_not_see",
            f"{' and '.join(blind)} may not see this case, so they cannot be mentioned on it. "
            "Take the mention out, or ask their department by a case assignment.",
            rule="K6",
            field="body",
            about={"names": blind},
        )
    return found


def keep_mentions(item: FeedItem, mentioned: Iterable[Mentioned]) -> None:
    """Write whom the item mentions."""
    Mention.objects.bulk_create(
        [Mention(item=item, **{f"{one.what}_id": one.id}) for one in mentioned]
    )


def people_behind(mentioned: Iterable[Mentioned]) -> set[int]:
    """The users who are meant: by themselves, as members of a queue or of a department."""
    ids: dict[str, set[int]] = {USER: set(), QUEUE: set(), DEPARTMENT: set()}
    for one in mentioned:
        ids[one.what].add(one.id)
    people = ids[USER]
    if ids[QUEUE]:
        members = QueueMembership.objects.filter(queue__in=ids[QUEUE])
        people |= set(members.values_list("user_id", flat=True))
    if ids[DEPARTMENT]:
        belonging = DepartmentMembership.objects.filter(department__in=ids[DEPARTMENT])
        people |= set(belonging.values_list("user_id", flat=True))
    return people


def _by_slug(things: QuerySet[Any], wanted: set[str]) -> QuerySet[Any]:
    found: QuerySet[Any] = things.annotate(handle=Lower("slug")).filter(handle__in=wanted)
    return found


def _department_sees(case: Case) -> Exists:
    return Exists(access.departments_that_see(case).filter(pk=OuterRef("pk")))


def _rows(things: QuerySet[Any], what: str, may_see: Exists | Value) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = (
        things.order_by()
        .annotate(what=Value(what), called=F("name"), sees=may_see)
        .values_list("what", "handle", "pk", "called", "is_active", "sees")
    )
    return rows
