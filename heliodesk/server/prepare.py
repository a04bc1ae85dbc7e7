"""Prepares a desk for serving: its tables, its static files, its first content.

Runs as a process of its own (`python -m heliodesk.server.prepare demo|desk start|check`), so that
the one which serves holds nothing of it. Everything here may be done again without harm.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from heliodesk.server import example_engine, first_administrator, prepared
from heliodesk.server.problem import Problem
from heliodesk.server.terminal import echo, reporting_problems

DEMO = "demo"
DESK = "desk"
#: Large scripts that stand beside their minified twins; compressing them takes longest of all.
UNMINIFIED = (
    *("jquery.js", "xregexp.js", "select2.full.js"),
    *("htmx-2.js", "htmx-4.js", "htmax-4.js"),
)


def main(kind: str, step: str) -> None:
    """Prepare the desk that the environment names; `kind` is demo or desk, `step` is `start` (do
    all) or `check` (only the static files; refuse where migrations are missing)."""
    django.setup()
    with collecting_static():
        if step == "check":
            refuse_missing_migrations()
        else:
            migrate()
            fill(kind)
    prepared.remember(Path(os.environ["HELIODESK_DATA"]), os.environ["DATABASE_URL"], kind)


def migrate() -> None:
    """Bring the tables up to date."""
    call_command("migrate", verbosity=0, interactive=False)


def missing_migrations() -> list[str]:
    """The migrations that the database does not have yet."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def refuse_missing_migrations() -> None:
    """Raise a `Problem` unless the tables are up to date."""
    missing = missing_migrations()
    if missing:
        raise Problem(
            f"The database lacks {len(missing)} migrations ({missing[0]} first): "
            "run 'bin/heliodesk migrate'."
        )


@contextmanager
def collecting_static() -> Iterator[None]:
    """Meanwhile gather and compress the static files, in a process of its own. Older ones stay,
    for a desk that still serves them."""
    collecting = multiprocessing.Process(target=_collect_static)
    collecting.start()
    try:
        yield
    finally:
        collecting.join()
    if collecting.exitcode:
        raise Problem("The static files could not be gathered: see above.")


def _collect_static() -> None:
    django.setup()  # for a process that begins anew: where processes are forked this one has it
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=list(UNMINIFIED))


def fill(kind: str) -> None:
    """Load the demo company, or make an empty desk usable; both only once. One kind never goes
    over the other."""
    found = kind_of_database()
    if found is not None and found != kind:
        other = "the demo company" if found == DEMO else "a desk with its own records"
        raise Problem(f"This database holds {other}: choose another --data or DATABASE_URL.")
    if kind == DEMO and found is None:
        load_demo()
    if kind == DEMO:
        set_up_example_engine()
    if kind == DESK:
        call_command("load_defaults", verbosity=0)
        first_administrator.ensure()
        mark(kind)


def load_demo() -> None:
    """Load the demo company, whole or not at all."""
    from heliodesk.demo.load import load  # only a demo pays for it

    with transaction.atomic():
        load(echo=echo)
        mark(DEMO)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def set_up_example_engine() -> None:
    """Let the demo company's desk use the example Engine that is started beside it, once."""
    from heliodesk.demo import engine

    place = example_engine.chosen()
    if place is not None:
        engine.write_jobs(place.jobs)
        engine.set_up(place.address, place.token)


def kind_of_database() -> str | None:
    """What the database holds: `DEMO`, `DESK`, or None while it is empty. The mark is a comment on
    a table, so that it goes wherever a dump goes."""
    from heliodesk.directory.models import Account

    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('django_migrations'::regclass, 'pg_class')")
        (comment,) = cursor.fetchone()
    if comment in {DEMO, DESK}:
        return str(comment)
    return DESK if Account.objects.using(DEFAULT_DB_ALIAS).exists() else None


def mark(kind: str) -> None:
    """Keep in the database what it holds."""
    with connection.cursor() as cursor:
        # A comment takes no parameter of a prepared statement.
        comment = sql.SQL("COMMENT ON TABLE django_migrations IS {}").format(sql.Literal(kind))
        cursor.execute(comment)


if __name__ == "__main__":
    with reporting_problems():
        main(*sys.argv[1:])
