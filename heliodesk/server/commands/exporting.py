"""`heliodesk export DIR_OR_ZIP`: all records, as `heliodesk import salesforce` reads them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from heliodesk.server.commands import manage
from heliodesk.server.problem import Problem
from heliodesk.server.terminal import echo

NAME = "export"
HELP = "write all records as CSV files in Salesforce's shape, with the files (also while served)"
INCOMPLETE = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument(
        "target",
        type=Path,
        metavar="DIR_OR_ZIP",
        help="a folder that is not there or is empty, or a name that ends in .zip",
    )


def run(options: argparse.Namespace) -> int:
    """Write it; 3 when files are missing in it because the storage lost them."""
    target: Path = options.target.expanduser().absolute()
    with manage.django_ready(options.data):
        import django

        django.setup()
        from heliodesk.integrations.salesforce.leaving.export import export
        from heliodesk.integrations.salesforce.mapping import ImportProblem
        from heliodesk.people.access import SYSTEM, Actor
        from heliodesk.server.prepare import refuse_missing_migrations

        refuse_missing_migrations()
        by = Actor(None, SYSTEM.name, SYSTEM.role, origin="command export")
        try:
            done = export(target, by=by, tick=_tick)
        except ImportProblem as problem:
            raise Problem(str(problem)) from problem
    for name, rows in done.rows.items():
        echo(f"{name:22}{rows:>12,}")
    echo(f"{'files':22}{done.files:>12,}")
    echo(f"Written to {target}. manifest.json says what is not in it: 'heliodesk backup' has all.")
    if done.lost:
        echo(f"WARNING: {len(done.lost)} files are missing in the desk's storage: {done.lost[0]} …")
        return INCOMPLETE
    return 0


def _tick(what: str, count: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what} {count:,}\033[K")
        sys.stderr.flush()
