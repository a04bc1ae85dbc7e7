"""Judging a whole staging table at once: each row is refused, left out, known already, changed or
new; then the desk's own table takes the good ones (M1, K5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce.moving_in.values import refused
from heliodesk.integrations.salesforce.sets import run

REFUSED_BY_ITSELF, LEFT_OUT, TWICE, UNCHANGED = 0, -1, -2, -3
ID_TWICE = refused(
    "id_twice", "The same Id stands on an earlier row. Keep one of them.", "external_id"
)
TABLES = """
CREATE TEMP TABLE IF NOT EXISTS import_refused (
    subject text, file text, line integer, external_id text, field text, reason text, rule text
);
CREATE TEMP TABLE IF NOT EXISTS import_counted (
    subject text, read bigint, created bigint, changed bigint, unchanged bigint, refused bigint,
    left_out bigint
);
CREATE TEMP TABLE IF NOT EXISTS import_noted (
    subject text, file text, line integer, external_id text, note text
);
TRUNCATE import_refused, import_counted, import_noted;
"""


def make_tables() -> None:
    """The lists of the report, empty."""
    for statement in TABLES.split(";"):
        if statement.strip():
            run(statement)


@dataclass(frozen=True)
class Judgement:
    """How the rows of one object are judged.

    `query` selects from the staging table `i`, with what the rows refer to: each of `values` is an
    expression over it under the name of a column of `target`. `verdicts` are conditions over what
    was selected (`q`) with the refusals that they mean, first come first served; `left_out` is
    true for a row that carries nothing for the desk.
    """

    subject: str
    target: str
    joins: str
    values: dict[str, str]
    verdicts: list[tuple[str, Refused]] = field(default_factory=list)
    helps: dict[str, str] = field(default_factory=dict)
    left_out: str = "false"
    staged: str = ""
    known_as: str = ""  # the subject under which its IDs are kept, where it is another

    @property
    def table(self) -> str:
        """The judged rows."""
        return f"judged_{self.subject}"

    @property
    def source(self) -> str:
        """The staging table."""
        return f"import_{self.staged or self.subject}"

    @property
    def key(self) -> str:
        """The subject of its records in the table of what was imported."""
        return self.known_as or self.subject


def judge(one: Judgement) -> None:
    """Make the table of judged rows, and list the refused ones."""
    selected = one.values | one.helps
    names = ", ".join(f'{value} AS "{name}"' for name, value in selected.items())
    digested = ", ".join(f'q."{name}"' for name in one.values)
    cases = " ".join(
        f"WHEN {condition} THEN {number}"
        for number, (condition, _) in enumerate(one.verdicts, start=1)
    )
    run(f"DROP TABLE IF EXISTS {one.table}")
    run(
        f"""CREATE TEMP TABLE {one.table} AS
        SELECT v.*, CASE WHEN v.known IS NOT NULL THEN v.known WHEN v.verdict IS NULL
            THEN nextval(pg_get_serial_sequence('{one.target}', 'id')) END AS target_id
        FROM (
            SELECT d.*, m.target_id AS known, CASE
                WHEN d.refusal <> '' THEN {REFUSED_BY_ITSELF}
                WHEN d.is_left_out THEN {LEFT_OUT}
                WHEN d.nth > 1 THEN {TWICE}
                WHEN m.digest = d.digest THEN {UNCHANGED}
                {cases} END AS verdict
            FROM (
                SELECT q.*, hashtextextended(ROW({digested})::text, 0) AS digest,
                    row_number() OVER (PARTITION BY q.external_id, q.is_left_out
                                       ORDER BY q.refusal <> '', q.file, q.line) AS nth
                FROM (
                    SELECT i.file AS file, i.line AS line, i.external_id AS external_id,
                        i.refusal AS refusal, {names},
                        COALESCE({one.left_out}, false) AS is_left_out
                    FROM {one.source} i {one.joins}
                ) q
            ) d LEFT JOIN salesforce_imported m
                ON m.subject = '{one.key}' AND m.external_id = d.external_id
        ) v"""
    )
    run(f"ANALYZE {one.table}")
    list_refused(one)
    count(one)


def list_refused(one: Judgement) -> None:
    """The refused rows with their reasons (K5)."""
    run(
        f"""INSERT INTO import_refused
        SELECT %s, i.file, i.line, COALESCE(i.external_id, ''), COALESCE(i.wrong, ''), i.message,
            i.rule FROM {one.source} i WHERE i.refusal <> ''""",
        one.subject,
    )
    reasons = [(TWICE, ID_TWICE), *((n, r) for n, (_, r) in enumerate(one.verdicts, start=1))]
    values: list[Any] = [one.subject]
    for number, reason in reasons:
        values += [number, reason.field or "", reason.message, reason.rule]
    listed = ", ".join(["(%s::int, %s, %s, %s)"] * len(reasons))
    run(
        f"""INSERT INTO import_refused
        SELECT %s, j.file, j.line, j.external_id, r.field, r.reason, r.rule
        FROM {one.table} j JOIN (VALUES {listed}) r (verdict, field, reason, rule)
            USING (verdict)""",
        *values,
    )


def count(one: Judgement) -> None:
    """How many of each there are."""
    run(
        f"""INSERT INTO import_counted
        SELECT %s, count(*),
            count(*) FILTER (WHERE verdict IS NULL AND known IS NULL),
            count(*) FILTER (WHERE verdict IS NULL AND known IS NOT NULL),
            count(*) FILTER (WHERE verdict = {UNCHANGED}),
            count(*) FILTER (WHERE verdict >= 0 OR verdict = {TWICE}),
            count(*) FILTER (WHERE verdict = {LEFT_OUT})
        FROM {one.table}""",
        one.subject,
    )


NEW = "j.verdict IS NULL AND j.known IS NULL"
CHANGED = "j.verdict IS NULL AND j.known IS NOT NULL"
GOOD = "j.verdict IS NULL"


def put(one: Judgement) -> None:
    """Insert the new rows, update the changed ones, and remember both."""
    write(one)
    remember(one)


def write(one: Judgement, *, constant: dict[str, str] | None = None) -> None:
    """Insert the new rows and update the changed ones; `constant` are further columns of new rows
    and what they are made of."""
    extra = constant or {}
    columns = ", ".join(f'"{name}"' for name in one.values)
    taken = ", ".join(f'j."{name}"' for name in one.values)
    names = "".join(f', "{name}"' for name in extra)
    made = "".join(f", {value}" for value in extra.values())
    settings = ", ".join(f'"{name}" = j."{name}"' for name in one.values)
    run(
        f"UPDATE {one.target} t SET {settings} FROM {one.table} j "
        f"WHERE t.id = j.target_id AND {CHANGED}"
    )
    run(
        f"INSERT INTO {one.target} (id, {columns}{names}) "
        f"SELECT j.target_id, {taken}{made} FROM {one.table} j WHERE {NEW} "
        f"ORDER BY j.file, j.line"
    )


def remember(one: Judgement) -> None:
    """Which record became which row, and what it said."""
    run(
        f"""INSERT INTO salesforce_imported (subject, external_id, target_id, digest)
        SELECT %s, j.external_id, j.target_id, j.digest FROM {one.table} j WHERE {GOOD}
        ON CONFLICT (subject, external_id) DO UPDATE SET digest = EXCLUDED.digest""",
        one.key,
    )


def known(subject: str, alias: str, column: str) -> str:
    """A join to what a column refers to, among what was imported: `alias.target_id`."""
    return (
        f"LEFT JOIN salesforce_imported {alias} ON {alias}.subject = '{subject}' "
        f"AND {alias}.external_id = {column}"
    )


def person(alias: str, column: str) -> str:
    """A join to the person whom a column names; whom nothing names is the unknown person."""
    return (
        f"LEFT JOIN people_user {alias} ON {alias}.external_id = {column} "
        f"AND {alias}.external_id <> ''"
    )


def settle_constraints() -> None:
    """Check now what PostgreSQL would check at the end, so that the list of it stays short."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
