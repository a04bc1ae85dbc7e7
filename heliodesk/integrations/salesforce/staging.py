"""Staging tables: the rows of an export in PostgreSQL, where whole sets are checked at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from heliodesk.integrations.salesforce.records import Staged

ADDRESS = ("street", "city", "state", "postal_code", "country")


@dataclass(frozen=True)
class Stage:
    """A staging table, the table it goes to, and the fields that an export may change there.

    `staged` are its columns of text as they were read; `fields` pairs a column of the target
    with its type, and stands in the staging table under the same name.
    """

    subject: str
    target: str
    staged: tuple[str, ...]
    fields: dict[str, str]

    @property
    def name(self) -> str:
        """The staging table's name."""
        return f"import_{self.subject}"


ACCOUNT = Stage(
    "account",
    "directory_account",
    ("kind", "kind_said", "parent_ref", "account_manager", "sales_manager"),
    dict.fromkeys(("name", "phone", "email", *ADDRESS), "text")
    | dict.fromkeys(("parent_id", "account_manager_id", "sales_manager_id"), "bigint"),
)
CONTACT = Stage(
    "contact",
    "directory_contact",
    ("account_ref", "of_person_account"),
    dict.fromkeys(("name", "phone", "email", "role"), "text")
    | {"account_id": "bigint", "is_active": "boolean"},
)
CONTRACT = Stage(
    "contract",
    "directory_contract",
    ("account_ref", "installer_ref"),
    dict.fromkeys(("contract_id", "status", *ADDRESS), "text")
    | {"signed_on": "date", "system_size_kw": "numeric(7,2)"}
    | dict.fromkeys(("account_id", "installer_id"), "bigint"),
)
STAGES = {stage.subject: stage for stage in (ACCOUNT, CONTACT, CONTRACT)}

#: Where a row comes from, what became of it, and why it was refused.
BESIDE = """
    file text, line integer, external_id text DEFAULT '', created_at timestamptz, target_id bigint,
    made boolean DEFAULT false, changes jsonb,
    refusal text DEFAULT '', message text, field text, rule text
"""


def create() -> None:
    """Make the staging tables, empty."""
    drop()
    with connection.cursor() as cursor:
        for stage in STAGES.values():
            columns = [f"{name} text DEFAULT ''" for name in stage.staged]
            columns += [f"{name} {kind}" for name, kind in stage.fields.items()]
            cursor.execute(f"CREATE TEMP TABLE {stage.name} ({', '.join(columns)}, {BESIDE})")


def drop() -> None:
    """Take the staging tables away again."""
    with connection.cursor() as cursor:
        for stage in STAGES.values():
            cursor.execute(f"DROP TABLE IF EXISTS {stage.name}")


def fill(rows: Iterable[Staged]) -> None:
    """Copy the rows in. Those of one file come together, so few COPYs are begun."""
    waiting: dict[str, list[Staged]] = {subject: [] for subject in STAGES}
    for row in rows:
        batch = waiting[row.subject]
        batch.append(row)
        if len(batch) >= 5000:
            copy(STAGES[row.subject], batch)
            batch.clear()
    for subject, batch in waiting.items():
        copy(STAGES[subject], batch)
    with connection.cursor() as cursor:
        for stage in STAGES.values():
            cursor.execute(f"CREATE INDEX ON {stage.name} (target_id)")
            cursor.execute(f"CREATE INDEX ON {stage.name} (external_id)")
            cursor.execute(f"ANALYZE {stage.name}")


def copy(stage: Stage, rows: list[Staged]) -> None:
    """COPY these rows into their staging table; what they do not say is empty or absent."""
    texts = {name for name, kind in stage.fields.items() if kind == "text"} | {*stage.staged}
    names = [*stage.staged, *(n for n in stage.fields if not n.endswith("_id") or n in texts)]
    columns = [
        *names,
        "external_id",
        "created_at",
        "file",
        "line",
        "refusal",
        "message",
        "field",
        "rule",
    ]
    with connection.cursor() as cursor:
        command = f"COPY {stage.name} ({', '.join(columns)}) FROM STDIN"
        with cursor.copy(command) as target:
            for row in rows:
                values = [row.values.get(name, "" if name in texts else None) for name in names]
                known = [row.values["external_id"], row.values.get("created_at")]
                target.write_row([*values, *known, *verdict(row)])


def verdict(row: Staged) -> list[object]:
    """Where the row comes from, and why it was refused on its own."""
    refusal = row.refusal
    if refusal is None:
        return [row.file, row.line, "", None, None, None]
    said = [refusal.code, refusal.message, refusal.field, refusal.rule]
    return [row.file, row.line, *said]
