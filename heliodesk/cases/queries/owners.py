"""New owners to choose from while one types: queues and people of Support (Q2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from heliodesk.core.addresses import address
from heliodesk.core.numbers import whole
from heliodesk.core.picking import SHOWN, Choice
from heliodesk.people.models import Queue, User
from heliodesk.people.queries.picking import Likely, People, colleagues_first, hint, words_of

QUEUES = """
    SELECT q.id, q.name, '', 'queue', EXISTS (
        SELECT FROM people_queuemembership m JOIN people_user u ON u.id = m.user_id
        WHERE m.queue_id = q.id AND u.is_active), NULL::text[]
    FROM people_queue q WHERE q.is_active AND {words}
    ORDER BY q.case_type <> %(case_type)s, q.position, q.name LIMIT {most}
"""
QUEUE, USER = "queue", "user"


@dataclass(frozen=True, slots=True)
class Owners:
    """Queues, that of the case's type first, then people of Support, those of my queues first.
    `besides` is the key of the owner there is, such as `user-7`: they are left out."""

    case_type: str = ""
    besides: str = ""
    my_queues: tuple[int, ...] = ()
    nothing: str = "Nobody in Support and no queue is called “{}”. Type a part of the name."

    @property
    def address(self) -> str:
        """Where they are found while one types."""
        asked = {"case_type": self.case_type, "besides": self.besides}
        return f"{address('owner_options')}?{urlencode(asked)}"

    def find(self, typed: str) -> list[Choice]:
        """Whose name has every word; one statement."""
        people = People("", (colleagues_first(self.my_queues),), among=Likely("u.role <> ''"))
        statement, params = people.statement(typed)
        words, _ = words_of(typed, "upper(unaccent(q.name)) LIKE {pattern}", "q.name", params)
        queues = QUEUES.format(words=words, most=SHOWN)
        with connection.cursor() as cursor:
            cursor.execute(
                f"({queues}) UNION ALL ({statement})", params | {"case_type": self.case_type}
            )
            found = [_choice(*row) for row in cursor.fetchall()]
        return [one for one in found if one.value != self.besides]

    def get(self, value: str) -> Choice | None:
        """The user or queue that `user-7` or `queue-7` names; one statement. Whether they can own
        a case is the rule's to say."""
        kind, _, number = value.partition("-")
        key = whole(number)
        models: dict[str, Any] = {QUEUE: Queue, USER: User}
        found = models[kind].objects.filter(pk=key).first() if key and kind in models else None
        return Choice(value, found.name, thing=found) if found else None


def owners(*, case_type: str = "", besides: str = "", my_queues: Iterable[int] = ()) -> Owners:
    """Who may be the new owner."""
    return Owners(case_type, besides, tuple(sorted(my_queues)))


def first_queue(case_type: str) -> Queue | None:
    """The queue that is offered first for the type of case, or else the first there is."""
    found = Queue.objects.filter(is_active=True)
    return found.filter(case_type=case_type).first() or found.first()


def _choice(pk: int, name: str, username: str, role: str, is_able: bool,
            departments: list[str] | None) -> Choice:  # fmt: skip
    if role == QUEUE:
        refused = "" if is_able else f"{name} has no members. Choose another."
        return Choice(f"{QUEUE}-{pk}", name, "Queue", refused)
    refused = "" if is_able else f"{name} is deactivated. Choose somebody else."
    said = hint(username, role, departments or [])
    return Choice(f"{USER}-{pk}", name, said, refused)
