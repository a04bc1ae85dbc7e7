"""Who somebody is: the actor that every rule takes as `by` (K1, K7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from django.db import connection

from heliodesk.core.refusal import NotPermitted
from heliodesk.people.models import Role, User


@dataclass(frozen=True, slots=True)
class Actor:
    """An acting person with role and memberships, and where they act from.

    `origin` says the door and the address, such as `screen 127.0.0.1`; it goes into the record
    of changes (K4). The system itself has no `user_id`. `bulk_action` is the ID of the action on
    several cases that they act by, where it is one (V3).
    """

    user_id: int | None
    name: str
    role: str
    queue_ids: frozenset[int] = field(default_factory=frozenset)
    department_ids: frozenset[int] = field(default_factory=frozenset)
    origin: str = "system"
    bulk_action: int | None = None

    @property
    def person_id(self) -> int:
        """The ID of the acting person; fails for the system, which is no person."""
        if self.user_id is None:
            raise ValueError("the system is no person")
        return self.user_id

    @property
    def is_support(self) -> bool:
        """Frontline and back-office agents, supervisors and administrators."""
        return self.role != Role.NONE

    @property
    def is_supervisor(self) -> bool:
        """Supervisors, and administrators, who may what a supervisor may (K7)."""
        return self.role in {Role.SUPERVISOR, Role.ADMINISTRATOR}

    @property
    def is_administrator(self) -> bool:
        """Those who also set the desk up."""
        return self.role == Role.ADMINISTRATOR

    @property
    def keeps_directory(self) -> bool:
        """Back-office agents and administrators create and edit the directory (D1).

        Supervisors may too: they step in for any back-office agent.
        """
        return self.role in {Role.BACK_OFFICE, Role.SUPERVISOR, Role.ADMINISTRATOR}


SYSTEM = Actor(user_id=None, name="Heliodesk", role=Role.ADMINISTRATOR)


def require_administrator(*, by: Actor, to: str) -> None:
    """Refuse unless `by` sets the desk up; `to` says what they want, such as "retire a queue"."""
    if not by.is_administrator:
        raise NotPermitted(
            "not_an_administrator",
            f"Only an administrator may {to}. Ask one of them.",
            rule="K7",
        )


#: A user, with the IDs of queues and departments. Written out: it runs for every request, and
#: composing it takes Django longer than PostgreSQL takes to answer it.
USER = """
    SELECT ARRAY(SELECT queue_id FROM people_queuemembership WHERE user_id = u.id),
        ARRAY(SELECT department_id FROM people_departmentmembership WHERE user_id = u.id),
        {columns}
    FROM people_user u WHERE u.id = %s
"""


def active_user(user_id: int) -> User | None:
    """The active user with `queue_ids` and `department_ids`, or None."""
    user = _with_memberships(user_id)
    return user if user and user.is_active else None


def _with_memberships(user_id: int) -> User | None:
    """The user with `queue_ids` and `department_ids`, or None."""
    statement, names = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, [user_id])
        row = cursor.fetchone()
    if row is None:
        return None
    user = User.from_db(connection.alias, names, row[2:])
    user.queue_ids, user.department_ids = row[:2]  # type: ignore[attr-defined]  # for this act alone
    return user


@cache
def _statement() -> tuple[str, list[str]]:
    """The statement with all columns of a user, and the names of their fields."""
    fields = User._meta.concrete_fields
    columns = ", ".join(f"u.{connection.ops.quote_name(str(field.column))}" for field in fields)
    return USER.format(columns=columns), [field.attname for field in fields]


def actor_for(user: User, *, origin: str, bulk_action: int | None = None) -> Actor:
    """The actor for a user; reads the memberships unless `active_user` gave them."""
    if not hasattr(user, "queue_ids"):
        read = _with_memberships(user.pk)
        if read is None:
            raise User.DoesNotExist
        user = read
    return Actor(
        user_id=user.pk,
        name=user.name,
        role=user.role,
        queue_ids=frozenset(getattr(user, "queue_ids", ())),
        department_ids=frozenset(getattr(user, "department_ids", ())),
        origin=origin,
        bulk_action=bulk_action,
    )
