"""People to choose from while one types their name: likely ones first, the deactivated last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from heliodesk.core.numbers import whole
from heliodesk.core.picking import SHOWN, Choice
from heliodesk.people.models import Role, User

FIND = """
    SELECT u.id, u.name, u.username, u.role, u.is_active, {departments}
    FROM people_user u WHERE {among} AND {words}
    ORDER BY {order} LIMIT {most}
"""
DEPARTMENTS = """ARRAY(
    SELECT d.name FROM people_departmentmembership m
    JOIN people_department d ON d.id = m.department_id
    WHERE m.user_id = u.id ORDER BY d.position, d.name LIMIT 3
)"""
#: What a word may be a part of: a name, a user name, an address, the name of their department.
WORDS = """(upper(unaccent(u.name || ' ' || u.username || ' ' || u.email)) LIKE {pattern}
    OR EXISTS (SELECT FROM people_departmentmembership m
        JOIN people_department d ON d.id = m.department_id
        WHERE m.user_id = u.id AND upper(unaccent(d.name)) LIKE {pattern}))"""


#: A pattern without accents, once for a statement. No index is of use to so few rows, and
#: `desk_folded`, which serves those, takes ten times as long for each.
FOLDED = "(SELECT upper(unaccent(%({})s)))"


@dataclass(frozen=True, slots=True)
class Likely:
    """A condition on the user `u`, in SQL with its parameters: those for whom it holds are
    offered before others."""

    condition: str
    params: dict[str, Any] = field(default_factory=dict)


MEMBER = """EXISTS (SELECT FROM people_departmentmembership m
    WHERE m.user_id = u.id AND m.department_id = %(department)s)"""
COLLEAGUE = """EXISTS (SELECT FROM people_queuemembership m
    WHERE m.user_id = u.id AND m.queue_id = ANY(%(my_queues)s))"""
SUPERVISOR = Likely("u.role IN ('supervisor', 'administrator')")


def members_first(department_id: int) -> Likely:
    """The members of a department."""
    return Likely(MEMBER, {"department": department_id})


def colleagues_first(queue_ids: Iterable[int]) -> Likely:
    """Those who work the same queues."""
    return Likely(COLLEAGUE, {"my_queues": list(queue_ids)})


@dataclass(frozen=True, slots=True)
class People:
    """The people of the desk, found at `address`.

    The deactivated are found, and refused with the reason; not where `with_deactivated`, and not
    the one who stands there already (`standing`, a key). `besides` narrows, as `Likely` does.
    """

    address: str
    likely: tuple[Likely, ...] = ()
    among: Likely = Likely("TRUE")
    with_deactivated: bool = False
    standing: int | None = None
    nothing: str = "Nobody is called “{}”. Type a part of the name, and choose."

    def find(self, typed: str) -> list[Choice]:
        """Whose name, user name, address or department has every word; one statement."""
        with connection.cursor() as cursor:
            cursor.execute(*self.statement(typed))
            return [self._choice(*row) for row in cursor.fetchall()]

    def statement(self, typed: str) -> tuple[str, dict[str, Any]]:
        """The SQL that finds them, with its parameters: ID, name, user name, role, whether they
        are active, their departments."""
        params: dict[str, Any] = dict(self.among.params)
        for one in self.likely:
            params |= one.params
        words, begins = words_of(typed, WORDS, "u.name", params)
        likely = (f"NOT ({one.condition})" for one in self.likely)
        statement = FIND.format(
            departments=DEPARTMENTS,
            among=self.among.condition,
            words=words,
            order=", ".join(("NOT u.is_active", *likely, begins, "u.name", "u.id")),
            most=SHOWN + 1,
        )
        return statement, params

    def get(self, value: str) -> Choice | None:
        """The one with this ID; one statement. One who is not among them is refused."""
        key = whole(value)
        statement = FIND.format(
            departments=f"({self.among.condition})",
            among="u.id = %(key)s",
            words="TRUE",
            order="u.id",
            most=1,
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, {"key": key, **self.among.params})
            row = cursor.fetchone()
        if row is None:
            return None
        pk, name, username, role, is_active, fits = row
        thing = User(pk=pk, name=name, username=username, role=role, is_active=is_active)
        refused = "" if fits else f"{name} cannot be chosen here. Choose somebody else."
        return Choice(str(pk), self._label(name, is_active), "", refused or self._why(thing), thing)

    def _choice(self, pk: int, name: str, username: str, role: str, is_active: bool,
                departments: list[str]) -> Choice:  # fmt: skip
        user = User(pk=pk, name=name, is_active=is_active)
        if refused := self._why(user):
            return Choice(str(pk), name, "", refused)
        return Choice(str(pk), self._label(name, is_active), hint(username, role, departments))

    def _label(self, name: str, is_active: bool) -> str:
        return name if is_active else f"{name} (deactivated)"

    def _why(self, user: User) -> str:
        if user.is_active or self.with_deactivated or user.pk == self.standing:
            return ""
        return f"{user.name} is deactivated. Choose somebody else."


def hint(username: str, role: str, departments: list[str]) -> str:
    """What tells people apart: their role in Support, their departments, their user name."""
    what = [str(Role(role).label)] if role or not departments else []
    return " · ".join([*what, *departments, username])


def words_of(typed: str, condition: str, name: str, params: dict[str, Any]) -> tuple[str, str]:
    """The SQL that every word is found (`condition` with its `{pattern}`), and the order by which
    names that begin with what was typed come first; puts the patterns into `params`."""
    words = typed.split()[:8]
    for at, word in enumerate(words):
        params[f"word{at}"] = f"%{literal(word)}%"
    params["begins"] = f"{literal(typed)}%"
    found = " AND ".join(
        condition.format(pattern=FOLDED.format(f"word{at}")) for at in range(len(words))
    )
    return found or "TRUE", f"upper(unaccent({name})) NOT LIKE {FOLDED.format('begins')}"


def literal(text: str) -> str:
    """The text for LIKE, standing for itself."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
