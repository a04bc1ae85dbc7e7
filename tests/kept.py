"""The cast as it was inserted first, kept to be inserted again in one statement.

Most tests start with the cast, and some forty single inserts are slower than most tests. Its rows
keep their keys: a sequence never goes back, neither at a rollback nor when tables are emptied.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model
from psycopg import sql

from heliodesk.cases.models import CaseSource, ClosedReason, RequestSubtype, RequestType
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    Queue,
    QueueMembership,
    ReferralReason,
    User,
)
from tests.cast import Cast

TABLES: tuple[type[Model], ...] = (
    *(User, Department, DepartmentMembership, ReferralReason, Queue, QueueMembership),
    *(Account, Contact, Contract),
    *(RequestType, RequestSubtype, CaseSource, ClosedReason),
)


@dataclass(frozen=True)
class Kept:
    """The rows as SQL, and the instances that stand for them."""

    rows: str
    instances: bytes

    @classmethod
    def of(cls, cast: Cast) -> Kept:
        """What `TABLES` hold, which is this cast and nothing else."""
        return cls(rows(TABLES), pickle.dumps(cast))

    def insert(self) -> Cast:
        """The cast anew: its rows are inserted."""
        with connection.cursor() as cursor:
            cursor.execute(self.rows)
        return self.cast()

    def cast(self) -> Cast:
        """The cast that was inserted, with instances that nobody has touched."""
        made = pickle.loads(self.instances)  # noqa: S301 - written above
        assert isinstance(made, Cast)
        return made


_kept: list[Kept] = []


def inserted() -> Cast:
    """What `insert` gave, when its rows are there still."""
    return _kept[0].cast()


def insert(make: Callable[[], Cast]) -> Cast:
    """What `make` inserts into empty tables; from the second time on, as it was the first time."""
    if _kept:
        return _kept[0].insert()
    made = make()
    _kept.append(Kept.of(made))
    return made


def rows(tables: Iterable[type[Model]]) -> str:
    """All that the tables hold, as the SQL that inserts it again."""
    return "".join(map(_insert, tables))


def _insert(model: type[Model]) -> str:
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if field.column is not None and not field.generated
    ]
    table = sql.Identifier(model._meta.db_table)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {} FROM {} ORDER BY id").format(names, table))
        values = sql.SQL(", ").join(_values(cursor.fetchall()))
    statement = sql.SQL("INSERT INTO {} ({}) VALUES {};").format(table, names, values)
    return statement.as_string(None)


def _values(rows: list[tuple[object, ...]]) -> Iterator[sql.Composed]:
    for row in rows:
        yield sql.SQL("({})").format(sql.SQL(", ").join(map(sql.Literal, row)))
