"""The rows of an export in staging tables of PostgreSQL, where whole sets are judged at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce.files import Export
from heliodesk.integrations.salesforce.mapping import ImportProblem
from heliodesk.integrations.salesforce.moving_in import copying
from heliodesk.integrations.salesforce.moving_in.archive import Archive
from heliodesk.integrations.salesforce.moving_in.rows import FINISH, Dictionary
from heliodesk.integrations.salesforce.moving_in.values import NOTHING, DayFirst, Value, read_as

Tick = Callable[[str, int], None]
#: A field, the place of its first column, those of the others, and how a cell is read.
Plan = list[tuple[str, int, list[int], Callable[[str], Value]]]
EMPTY = {"", NOTHING}

#: What a staging table has beside the fields of the map: where a row stands, and a refusal.
BESIDE = {
    "file": "text",
    "line": "integer",
    "refusal": "text",
    "message": "text",
    "wrong": "text",
    "rule": "text",
}
#: Fields that are made of others when a row is read.
MADE = {
    "comment": {"html": "text"},
    "feed_item": {"html": "text", "cut": "boolean"},
    "feed_comment": {"html": "text", "cut": "boolean"},
    "task": {"html": "text"},
}


def fields_of(subject: str, words: Dictionary) -> list[str]:
    """The fields of an object, as the map has them."""
    return [name for name, some in words.names[subject].items() if isinstance(some, list)]


def create(subject: str, words: Dictionary) -> None:
    """The staging table of one object, empty."""
    columns = {name: read_as(name)[1] for name in fields_of(subject, words)}
    columns |= MADE.get(subject, {}) | BESIDE
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS import_{subject}")
        cursor.execute(f"CREATE TEMP TABLE import_{subject} ({listed})")


def fill(subject: str, archive: Archive, words: Dictionary, tick: Tick) -> None:
    """Copy the rows of all files of one object into its staging table, one after the other."""
    create(subject, words)
    fields = [*fields_of(subject, words), *MADE.get(subject, {})]
    listed = ", ".join(f'"{name}"' for name in [*fields, *BESIDE])
    with connection.cursor() as cursor:
        for export in archive.of(subject):
            command = f"COPY import_{subject} ({listed}) FROM STDIN {copying.FORM}"
            with cursor.copy(command) as target:
                for number, block in enumerate(copying.blocks(staged(export, fields, words))):
                    target.write(block)
                    tick(f"reading {export.path.name}", number * copying.ROWS_AT_ONCE)
        cursor.execute(f"ANALYZE import_{subject}")


def staged(export: Export, fields: list[str], words: Dictionary) -> Iterator[list[Any]]:
    """Each row of a file as it is staged; a refused one with its ID and why. What is read and made
    of a row takes the places that `fields` have."""
    subject, name = export.columns.subject, export.path.name
    width = len(export.columns.header)
    plan = reading_plan(export, words)
    good: list[Any] = [name, 0, "", None, None, None]
    finish = FINISH.get(subject)
    kinds = {field: read_as(field)[1] for field in fields} | MADE.get(subject, {})
    absent = {field: "" if kinds[field] == "text" else None for field in fields}
    for line, row in export.rows():
        values: dict[str, Any] = dict(absent)
        try:
            if len(row) != width:
                raise not_whole(len(row), width)
            read_row(row, plan, values)
            if finish is not None:
                finish(values, words)
        except DayFirst as refusal:
            raise ImportProblem(
                f"{name}, line {line}: {refusal.message} With slashes between, the month is read "
                "first, so others would be read wrong. Export with times like "
                "2024-05-31T10:00:00.000Z, as Data Loader does, or 31.05.2024 10:00."
            ) from refusal
        except Refused as refusal:
            kept = absent | {"external_id": values["external_id"]}
            yield [kept[field] for field in fields] + verdict(name, line, refusal)
        else:
            good[1] = line
            yield [*values.values(), *good]


def read_row(row: list[str], plan: Plan, values: dict[str, Any]) -> None:
    """Each field from the first of its columns that has something; refuses a row without an ID."""
    for field, place, others, read in plan:
        cell = row[place]
        if not cell or cell == NOTHING:
            cell = next((row[one] for one in others if row[one] not in EMPTY), "")
        values[field] = read(cell)
    if not values["external_id"]:
        raise Refused(
            "id_missing",
            "The row has no Id. Export that column.",
            rule="M1",
            field="external_id",
        )


def reading_plan(export: Export, words: Dictionary) -> Plan:
    """Each field of the file with the places of its columns and how a cell is read."""
    columns = export.columns
    plan: Plan = []
    for field, places in columns.positions.items():
        read = words.reader(columns.subject, field) or read_as(field)[0]
        plan.append((field, places[0], places[1:], read))
    plan.sort(key=lambda one: one[0] != "external_id")
    return plan


def not_whole(has: int, width: int) -> Refused:
    """A row with more or fewer cells than the header."""
    return Refused(
        "row_not_whole",
        f"The row has {has} fields, the header {width}. "
        "Look for a comma or quotation mark that is not quoted.",
        rule="M1",
    )


def verdict(name: str, line: int, refusal: Refused) -> list[Any]:
    """Where the row stands and why it is refused."""
    return [name, line, refusal.code, refusal.message, refusal.field, refusal.rule]
