"""Single rows by statements that are composed once a process.

What Django's `get`, `create` and `save` do costs it several times what PostgreSQL takes to carry it
out, because it composes each statement anew. These do the same for one whole row, where every
page or every change needs it. Everything else asks Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row to find: its model, its key, and what is read along."""

    model: type[models.Model]
    key: int | None
    related: tuple[str, ...] = ()


def find(
    model: type[M],
    where: str,
    values: Sequence[Any],
    *,
    related: tuple[str, ...] = (),
    lock: str = "",
) -> M | None:
    """The first row for which the SQL condition `where` on the table `t` holds, or None; locked as
    `lock` says, such as `FOR UPDATE`.

    `related` names what is read along, as `select_related` does: `account` before
    `account__parent`.
    """
    found = find_all(model, f"{where} LIMIT 1", values, related=related, lock=lock)
    return found[0] if found else None


def find_all(
    model: type[M],
    where: str,
    values: Sequence[Any],
    *,
    related: tuple[str, ...] = (),
    lock: str = "",
) -> list[M]:
    """As `find`, all rows for which it holds; `where` may say their order too."""
    selection = _selection(model, related)
    statement = f"SELECT {selection.columns} FROM {selection.tables}"  # noqa: S608 - names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} WHERE {where} {lock}", values)
        return [_built(selection.parts, row) for row in cursor.fetchall()]


def find_each(*wanted: Wanted) -> list[Any]:
    """The rows of several models, each by its key, in one statement; None for those that there
    are not."""
    if not wanted:
        return []
    statement, keyed = _each(tuple((one.model, one.related) for one in wanted))
    with connection.cursor() as cursor:
        cursor.execute(statement, [one.key for one in wanted])
        found = cursor.fetchone()
    return [_built(selection.parts, found[start:]) for selection, start in keyed]


def add(instance: M) -> M:
    """Insert the row; gives the instance with its ID, and with what PostgreSQL filled in."""
    given: dict[models.Field[Any, Any], Any] = {}
    for field in _columns(type(instance)):
        value = field.pre_save(instance, True)
        if not (isinstance(value, DatabaseDefault) or (value is None and field.primary_key)):
            given[field] = field.get_db_prep_save(value, connection)
    statement, filled = _insertion(type(instance), tuple(given))
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given.values()))
        for field, value in zip(filled, cursor.fetchone() if filled else (), strict=True):
            setattr(instance, field.attname, value)
    instance._state.adding, instance._state.db = False, connection.alias
    return instance


def save(instance: models.Model, names: Iterable[str]) -> None:
    """Update those fields of the row; fails where there is no such row."""
    with connection.cursor() as cursor:
        cursor.execute(*update(instance, names))
        if cursor.rowcount != 1:
            raise ObjectDoesNotExist(f"no row {instance.pk}")


def update(instance: models.Model, names: Iterable[str]) -> tuple[str, list[Any]]:
    """The statement that updates those fields of the row, and its values."""
    fields = tuple(instance._meta.get_field(name) for name in dict.fromkeys(names))
    values = [
        field.get_db_prep_save(field.pre_save(instance, False), connection)  # type: ignore[union-attr]  # a column's
        for field in fields
    ]
    return _update(type(instance), fields), [*values, instance.pk]


def _columns(model: type[models.Model]) -> Sequence[models.Field[Any, Any]]:
    return model._meta.concrete_fields


@dataclass(frozen=True)
class _Part:
    """The columns of one model in a selection, from `start` on; `path` is empty for the first."""

    path: str
    model: type[models.Model]
    names: list[str]
    start: int


def _built(parts: list[_Part], row: Sequence[Any]) -> Any:
    """The instance of the first part, with those of the others on it."""
    made: dict[str, Any] = {}
    for part in parts:
        values = row[part.start : part.start + len(part.names)]
        key = values[part.names.index(part.model._meta.pk.attname)]
        one = None if key is None else part.model.from_db(connection.alias, part.names, values)
        above, _, name = part.path.rpartition("__")
        if part.path and made[above] is not None:
            setattr(made[above], name, one)
        made[part.path] = one
    return made[""]


@dataclass(frozen=True)
class _Selection:
    """Columns, the tables that they are of, joined, and which column is whose."""

    columns: str
    tables: str
    parts: list[_Part]


@cache
def _selection(
    model: type[models.Model], related: tuple[str, ...], called: str = "t"
) -> _Selection:
    parts = [_part("", model, 0)]
    names = {"": called}
    tables = f"{connection.ops.quote_name(model._meta.db_table)} {called}"
    for place, path in enumerate(related, 1):
        above, _, name = path.rpartition("__")
        field: Any = next(part for part in parts if part.path == above).model._meta.get_field(name)
        parts.append(_part(path, field.related_model, parts[-1].start + len(parts[-1].names)))
        names[path] = other = f"{called}{place}"
        table = connection.ops.quote_name(field.related_model._meta.db_table)
        key = _quoted(field.related_model._meta.pk)
        tables += f" LEFT JOIN {table} {other} ON {other}.{key} = {names[above]}.{_quoted(field)}"
    columns = ", ".join(
        f"{names[part.path]}.{_quoted(field)}" for part in parts for field in _columns(part.model)
    )
    return _Selection(columns, tables, parts)


@cache
def _each(
    wanted: tuple[tuple[type[models.Model], tuple[str, ...]], ...],
) -> tuple[str, list[tuple[_Selection, int]]]:
    """The statement for one row of each, and where the columns of each begin."""
    found, start, tables = [], 0, "(SELECT) one"
    for place, (model, related) in enumerate(wanted):
        called = f"t{chr(ord('a') + place)}"
        selection = _selection(model, related, called)
        joined = f"({selection.tables})" if related else selection.tables
        tables += f" LEFT JOIN {joined} ON {called}.{_quoted(model._meta.pk)} = %s"
        found.append((selection, start))
        start = start + selection.parts[-1].start + len(selection.parts[-1].names)
    columns = ", ".join(selection.columns for selection, _ in found)
    return f"SELECT {columns} FROM {tables}", found  # noqa: S608 - names of our own tables


def _part(path: str, model: type[models.Model], start: int) -> _Part:
    fields = _columns(model)
    if any(hasattr(field, "from_db_value") for field in fields):
        raise TypeError(f"{model.__name__} has a field which Django has to convert")
    return _Part(path, model, [field.attname for field in fields], start)


@cache
def _insertion(
    model: type[models.Model], given: tuple[models.Field[Any, Any], ...]
) -> tuple[str, list[models.Field[Any, Any]]]:
    """The statement for those fields, and the fields that PostgreSQL fills in."""
    filled = [field for field in _columns(model) if field not in given]
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(map(_quoted, given))
    returning = f" RETURNING {', '.join(map(_quoted, filled))}" if filled else ""
    marks = ", ".join(["%s"] * len(given))
    return f"INSERT INTO {table} ({columns}) VALUES ({marks}){returning}", filled  # noqa: S608 - names of our own tables


@cache
def _update(model: type[models.Model], fields: tuple[models.Field[Any, Any], ...]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    changes = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    key = _quoted(model._meta.pk)
    return f"UPDATE {table} SET {changes} WHERE {key} = %s"  # noqa: S608 - names of our own tables


def _quoted(field: Any) -> str:
    return connection.ops.quote_name(field.column)
