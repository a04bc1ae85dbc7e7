"""Bringing a directory in: first tried and shown, then done, everything or nothing (D1, K5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import connection, transaction

from heliodesk.integrations.salesforce import accounts, contacts, contracts, staging
from heliodesk.integrations.salesforce.files import Export
from heliodesk.integrations.salesforce.mapping import ImportProblem
from heliodesk.integrations.salesforce.records import staged
from heliodesk.integrations.salesforce.staging import STAGES
from heliodesk.people.access import Actor

WARNINGS = {
    "homeowner accounts have no contact: a case needs one to speak with": """
        SELECT count(*) FROM import_account i WHERE i.kind = 'homeowner' AND i.refusal = ''
        AND NOT EXISTS (SELECT FROM directory_contact c WHERE c.account_id = i.target_id)""",
    "homeowner accounts have no Org above them": """
        SELECT count(*) FROM import_account i JOIN directory_account a ON a.id = i.target_id
        WHERE i.kind = 'homeowner' AND i.refusal = '' AND a.parent_id IS NULL""",
    "Orgs name a manager who is not a person of this desk": """
        SELECT count(*) FROM import_account i WHERE i.kind = 'installer' AND i.refusal = ''
        AND (i.account_manager <> '' AND i.account_manager_id IS NULL
          OR i.sales_manager <> '' AND i.sales_manager_id IS NULL)""",
}


@dataclass(frozen=True)
class Figures:
    """What became of the rows of one object."""

    subject: str
    created: int
    changed: int
    unchanged: int
    refused: int


@dataclass(frozen=True)
class RefusedRow:
    """A row that was refused, with the reason and the number of the procedure (K5)."""

    file: str
    line: int
    field: str
    reason: str
    rule: str


@dataclass(frozen=True)
class Outcome:
    """What an import does: counts, refused rows in the order of the files, and warnings."""

    figures: list[Figures]
    refused: list[RefusedRow]
    warnings: list[str]


class _LookedAt(Exception):
    """The preview is over: take everything back."""


@contextmanager
def stage(exports: dict[str, Export]) -> Iterator[None]:
    """The files' rows in staging tables of this connection, while the context lasts."""
    staging.create()
    try:
        staging.fill(chain.from_iterable(staged(export) for export in exports.values()))
        yield
    finally:
        staging.drop()


def preview(exports: dict[str, Export], *, by: Actor) -> Outcome:
    """What `bring_in` would do. It is done and taken back, so it is exact."""
    outcome: list[Outcome] = []
    try:
        with transaction.atomic():
            outcome.append(bring_in(exports, by=by))
            raise _LookedAt
    except _LookedAt:
        return outcome[0]


@transaction.atomic
def bring_in(exports: dict[str, Export], *, by: Actor) -> Outcome:
    """Put the staged rows that are not refused on the desk, in one transaction."""
    columns = {subject: export.columns for subject, export in exports.items()}
    accounts.bring_in(columns.get("account"), by=by)
    contacts.bring_in(columns.get("contact"), by=by)
    contracts.bring_in(columns.get("contract"), by=by)
    counted = [Figures(subject, *counts(subject)) for subject in STAGES]
    return Outcome(counted, refused_rows(), warnings())


def counts(subject: str) -> tuple[Any, ...]:
    """Created, changed, unchanged, refused."""
    return rows(
        f"""SELECT count(*) FILTER (WHERE refusal = '' AND made),
                   count(*) FILTER (WHERE refusal = '' AND NOT made AND changes IS NOT NULL),
                   count(*) FILTER (WHERE refusal = '' AND NOT made AND changes IS NULL),
                   count(*) FILTER (WHERE refusal <> '')
            FROM {STAGES[subject].name}"""
    )[0]


def refused_rows() -> list[RefusedRow]:
    """The refused rows of all files."""
    each = " UNION ALL ".join(
        f"SELECT {place}, file, line, COALESCE(field, ''), message, rule "
        f"FROM {stage.name} WHERE refusal <> ''"
        for place, stage in enumerate(STAGES.values())
    )
    return [RefusedRow(*row[1:]) for row in rows(f"{each} ORDER BY 1, 2, 3")]


def warnings() -> list[str]:
    """What is allowed and will be missed."""
    counted = ((rows(query)[0][0], words) for words, query in WARNINGS.items())
    return [f"{count:,} {words}." for count, words in counted if count]


def rows(statement: str) -> list[tuple[Any, ...]]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def import_as_shown(exports: dict[str, Export], shown: Outcome, *, by: Actor) -> None:
    """Bring in what the preview showed; refuses where the desk has changed since, and nothing is
    done then."""
    with transaction.atomic():
        done = bring_in(exports, by=by)
        if (done.figures, done.refused) != (shown.figures, shown.refused):
            raise changed_meanwhile()


def changed_meanwhile() -> ImportProblem:
    """Somebody worked on the same records between preview and yes."""
    return ImportProblem("The desk has changed since the preview. Run the import again.")
