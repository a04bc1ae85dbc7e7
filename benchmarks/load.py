"""A desk of a given size: directory, cases in every state, five feed items each, by COPY."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from random import Random

import psycopg
from django.db import connection

from benchmarks.bare_tables import AT_ONCE, BareTables
from benchmarks.company import Company
from benchmarks.directory import Directory
from benchmarks.history import FIRST_NUMBER, Historian
from benchmarks.moments import Moments
from benchmarks.tables import FILLED

CASES_AT_ONCE = 20_000
NUMBERS_FROM_IDS = """
SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM {table}), 1))
"""
#: What triggers hold row by row (docs/architecture.md), asked of all rows at once.
HELD_BY_TRIGGERS = {
    "a case is closed exactly while a closure is open (X1)": """
        SELECT FROM cases_case c FULL JOIN (
            SELECT case_id FROM cases_closure WHERE reopened_at IS NULL
        ) o ON o.case_id = c.id
        WHERE (c.status = 'closed') IS DISTINCT FROM (o.case_id IS NOT NULL)
    """,
    "no closed case has open assignments (X2)": """
        SELECT FROM assignments_caseassignment a JOIN cases_case c ON c.id = a.case_id
        WHERE a.status IN ('open', 'accepted') AND c.status = 'closed'
    """,
    "an open case is Internal Referral exactly while it has open assignments (S1)": """
        SELECT FROM cases_case c WHERE c.status <> 'closed'
        AND (c.status = 'internal_referral') <> EXISTS (
            SELECT FROM assignments_caseassignment a
            WHERE a.case_id = c.id AND a.status IN ('open', 'accepted')
        )
    """,
    "an owner is active and in Support (Q5)": """
        SELECT FROM cases_case c JOIN people_user u ON u.id = c.owner_agent_id
        WHERE c.status <> 'closed' AND (u.role = '' OR NOT u.is_active)
    """,
    "a contract is of a homeowner, with an installer (D)": """
        SELECT FROM directory_contract t JOIN directory_account a ON a.id = t.account_id
        JOIN directory_account i ON i.id = t.installer_id
        WHERE a.kind <> 'homeowner' OR i.kind <> 'installer'
    """,
}


@dataclass(frozen=True)
class Task:
    """What a process needs to know to write its share."""

    url: str
    size: int
    company: Company
    now: datetime


def load(size: int, company: Company, *, now: datetime | None = None) -> None:
    """Fill an empty desk with `size` cases, and let PostgreSQL learn what is there.

    Indexes, foreign keys and triggers are away meanwhile; afterwards they are back, valid, and
    what the triggers hold has been checked. The record of changes (K4) is left empty.
    """
    task = Task(os.environ["DATABASE_URL"], size, company, now or datetime.now(UTC))
    connection.close()
    tables = BareTables(task.url, [model._meta.db_table for model in FILLED])
    tables.strip()
    shares = range(1, size + 1, CASES_AT_ONCE)
    processes = ProcessPoolExecutor(AT_ONCE, mp_context=get_context("fork"))
    with processes:
        directory = processes.submit(_directory, task)
        list(processes.map(_cases, [task] * len(shares), shares))
        directory.result()
    tables.restore()
    _number_on(size)
    check()


def check() -> None:
    """SystemExit where the desk is not as the triggers would have had it."""
    with connection.cursor() as cursor:
        for words, query in HELD_BY_TRIGGERS.items():
            cursor.execute(f"SELECT count(*) FROM ({query}) wrong")
            if count := cursor.fetchone()[0]:
                raise SystemExit(f"The load is wrong {count} times: {words}.")


def _directory(task: Task) -> None:
    with _connected(task.url) as writing:
        Directory(task.size, task.company).copy(writing)


def _cases(task: Task, first: int) -> None:
    directory = Directory(task.size, task.company)
    moments = Moments(task.now, Random(f"moments {first}").random)
    historian = Historian(task.size, task.company, directory, moments, f"cases {first}")
    for pk in range(first, min(first + CASES_AT_ONCE, task.size + 1)):
        historian.case(pk)
    with _connected(task.url) as writing:
        historian.tables.copy(writing)


def _connected(url: str) -> psycopg.Connection[tuple[object, ...]]:
    connected = psycopg.connect(url, autocommit=True)
    connected.execute("SET synchronous_commit = off")
    return connected


def _number_on(size: int) -> None:
    """The tables' own IDs, and the cases' numbers, go on above those that are there."""
    with connection.cursor() as cursor:
        for model in FILLED:
            cursor.execute(NUMBERS_FROM_IDS.format(table=model._meta.db_table))
        cursor.execute("SELECT setval('cases_case_number', %s)", [FIRST_NUMBER + size])
