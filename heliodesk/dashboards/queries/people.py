"""The people of Support, and the queues whose members they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection

from heliodesk.people.models import Role

READ = """
    SELECT u.id, u.name, u.role, coalesce(m.queues, '{}')
    FROM people_user u LEFT JOIN (
        SELECT user_id, array_agg(queue_id) AS queues FROM people_queuemembership GROUP BY user_id
    ) m ON m.user_id = u.id
    WHERE u.role <> '' AND u.is_active ORDER BY u.name, u.id
"""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of Support; `queues` are the IDs of those that they work."""

    key: int
    name: str
    role: str
    queues: tuple[int, ...]

    @property
    def is_agent(self) -> bool:
        """Frontline and back-office agents: a supervisor's desk is empty most of the time."""
        return self.role in {Role.FRONTLINE, Role.BACK_OFFICE}


def support() -> list[Person]:
    """Everybody active in Support, by name. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return [
            Person(key, name, role, tuple(queues)) for key, name, role, queues in cursor.fetchall()
        ]


def members(people: list[Person]) -> dict[int, tuple[int, ...]]:
    """The people of each queue, by the queue's ID."""
    found: dict[int, list[int]] = defaultdict(list)
    for person in people:
        for queue in person.queues:
            found[queue].append(person.key)
    return {queue: tuple(keys) for queue, keys in found.items()}
