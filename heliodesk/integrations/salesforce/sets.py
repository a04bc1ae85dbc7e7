"""Statements over a whole staging table: refuse, match, compare, insert, update, record (K4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection

from heliodesk.core import clock
from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce.staging import Stage
from heliodesk.people.access import Actor

#: What every new row has beside its own fields.
BESIDES = ("id", "external_id", "created_at")


def run(statement: str, *values: Any) -> int:
    """Run one statement; gives how many rows it was about."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return int(cursor.rowcount)


def column(statement: str, *values: Any) -> list[Any]:
    """The first column of a statement's rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return [row[0] for row in cursor.fetchall()]


def refuse(stage: Stage, reason: Callable[[], Refused], where: str) -> int:
    """Refuse the rows `i` for which `where` holds and nothing was refused before, with the
    directory's own words; gives how many."""
    refusal = reason()
    return run(
        f"UPDATE {stage.name} i SET refusal = %s, message = %s, field = %s, rule = %s "
        f"WHERE i.refusal = '' AND ({where})",
        refusal.code, refusal.message, refusal.field, refusal.rule,
    )  # fmt: skip


def refuse_again(stage: Stage, reason: Callable[[], Refused], key: str) -> None:
    """Refuse each row but the first of those which have the same `key`."""
    refuse(
        stage,
        reason,
        f"""(i.file, i.line) IN (
            SELECT file, line FROM (
                SELECT file, line, row_number() OVER (PARTITION BY {key} ORDER BY file, line) AS n
                FROM {stage.name} WHERE refusal = '' AND {key} IS NOT NULL AND {key} <> ''
            ) numbered WHERE n > 1
        )""",
    )


def compare(stage: Stage, fields: Iterable[str], where: str = "true") -> None:
    """Note for each row that is on the desk already what it changes there: field to [old, new]."""
    pairs = ", ".join(
        f"('{called(name)}', to_jsonb(t.{name}), to_jsonb(i.{name}))" for name in fields
    )
    run(
        f"""UPDATE {stage.name} i SET changes = (
            SELECT jsonb_object_agg(name, jsonb_build_array(was, becomes))
            FROM (VALUES {pairs}) v (name, was, becomes) WHERE was IS DISTINCT FROM becomes
        ) FROM {stage.target} t
        WHERE t.id = i.target_id AND i.refusal = '' AND NOT i.made AND ({where})"""
    )


def update(stage: Stage, fields: Iterable[str], where: str = "true") -> None:
    """Put the changed rows on the desk."""
    settings = ", ".join(f"{name} = i.{name}" for name in fields)
    run(
        f"UPDATE {stage.target} t SET {settings} FROM {stage.name} i "
        f"WHERE t.id = i.target_id AND i.refusal = '' AND i.changes IS NOT NULL "
        f"AND NOT i.made AND ({where})"
    )


def insert(stage: Stage, extra: dict[str, str], where: str = "true") -> None:
    """Put the new rows on the desk; `extra` are further columns and what they are made of."""
    names = [name for name in stage.fields if name not in extra]
    values = [
        f"COALESCE(i.{name}, '')" if stage.fields[name] == "text" else f"i.{name}" for name in names
    ]
    fresh = f"i.refusal = '' AND i.target_id IS NULL AND ({where})"
    run(
        f"UPDATE {stage.name} i SET made = true, "
        f"target_id = nextval(pg_get_serial_sequence('{stage.target}', 'id')) WHERE {fresh}"
    )
    run(
        f"INSERT INTO {stage.target} ({', '.join(BESIDES)}, {', '.join([*extra, *names])}) "
        f"SELECT i.target_id, i.external_id, COALESCE(i.created_at, %s), "
        f"{', '.join([*extra.values(), *values])} "
        f"FROM {stage.name} i WHERE i.refusal = '' AND i.made AND ({where})",
        clock.now(),
    )


def record(stage: Stage, *, made: str, changed: str, by: Actor) -> None:
    """Write what was made and changed into the record of changes (K4)."""
    values = ", ".join(
        f"('{called(name)}', to_jsonb(i.{name}))" for name in ("external_id", *stage.fields)
    )
    run(
        f"""UPDATE {stage.name} i SET changes = (
            SELECT jsonb_object_agg(name, jsonb_build_array(NULL, becomes))
            FROM (VALUES {values}) v (name, becomes) WHERE becomes NOT IN ('""', 'null')
        ) WHERE i.refusal = '' AND i.made"""
    )
    run(
        f"""INSERT INTO core_auditentry (at, by_id, origin, kind, subject_kind, subject_id, changes)
        SELECT %s, %s, %s, CASE WHEN i.made THEN %s ELSE %s END, %s, i.target_id, i.changes
        FROM {stage.name} i WHERE i.refusal = '' AND i.changes IS NOT NULL ORDER BY file, line""",
        clock.now(), by.user_id, by.origin[:80], made, changed, stage.subject,
    )  # fmt: skip


def called(name: str) -> str:
    """The field's name in the record of changes: `parent` for the column `parent_id`."""
    return name if name in {"external_id", "contract_id"} else name.removesuffix("_id")
