"""Who is mentioned in a post by `@username`, `@queue-slug` or `@department-slug` (C1, K6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection

from heliodesk.cases import access
from heliodesk.cases.models import Case
from heliodesk.core.refusal import Refused
from heliodesk.feed.markdown import handles
from heliodesk.feed.models import FeedItem, Mention
from heliodesk.people.models import DepartmentMembership, QueueMembership, User

USER, QUEUE, DEPARTMENT = "user", "queue", "department"
# Support sees every case and a queue is Support's; of the others `_judged` asks access.
LOOK_UP = """
    SELECT 'user', lower(username), id, name, is_active, role <> ''
    FROM people_user WHERE lower(username) = ANY(%s)
    UNION ALL
    SELECT 'queue', lower(slug), id, name, is_active, true
    FROM people_queue WHERE lower(slug) = ANY(%s)
    UNION ALL
    SELECT 'department', lower(slug), id, name, is_active, false
    FROM people_department WHERE lower(slug) = ANY(%s)
"""


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
    handles_wanted = list(wanted)
    if not handles_wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LOOK_UP, [handles_wanted] * 3)
        rows = [Mentioned(*row) for row in cursor.fetchall()]
    times = Counter(row.handle for row in rows)
    return _judged([row for row in rows if times[row.handle] == 1], case)


def _judged(rows: list[Mentioned], case: Case) -> list[Mentioned]:
    """The same, with those who see only some cases judged by this one."""
    people = {row.id for row in rows if row.what == USER and not row.may_see}
    departments = {row.id for row in rows if row.what == DEPARTMENT}
    seeing: dict[str, set[int]] = {}
    if people:
        seen = access.who_may_see(case, User.objects.filter(pk__in=people))
        seeing[USER] = set(seen.values_list("pk", flat=True))
    if departments:
        able = access.departments_that_see(case).filter(pk__in=departments)
        seeing[DEPARTMENT] = set(able.values_list("pk", flat=True))
    return [replace(row, may_see=row.may_see or row.id in seeing.get(row.what, ())) for row in rows]


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
