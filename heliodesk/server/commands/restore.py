"""`heliodesk restore FILE`: the desk as a backup has it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from heliodesk.server import environment
from heliodesk.server.commands import manage
from heliodesk.server.problem import Problem
from heliodesk.server.terminal import echo

NAME = "restore"
HELP = "put a backup into an empty desk (or, with --replace, in the place of this one)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where, and whether what is there may go."""
    parser.add_argument("file", type=Path, metavar="FILE", help="what 'heliodesk backup' wrote")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="replace the desk that is there: its database and its files are saved to "
        "replaced-….tar in the data folder, then removed",
    )


def run(options: argparse.Namespace) -> int:
    """Check, restore, migrate, check again."""
    path: Path = options.file.expanduser().absolute()
    if not path.is_file():
        raise Problem(f"There is no file {path}.")
    data = environment.data_folder(options.data)
    own_key = "HELIODESK_SECRET_KEY" in os.environ
    with manage.django_ready(options.data):
        import django

        django.setup()
        from heliodesk.server.backup import head, restoring

        found = restoring.restore(
            path,
            data,
            os.environ["DATABASE_URL"],
            replace=options.replace,
            own_key=own_key,
            echo=echo,
        )
        same_key = head.fingerprint(os.environ["HELIODESK_SECRET_KEY"]) == found.key
    cases = found.rows.get("cases_case", 0)
    echo(f"Restored: {cases:,} cases and {found.files:,} files, as of {found.taken_at}.")
    if not same_key:
        echo(
            "WARNING: this desk's secret key is not the one that it had: set HELIODESK_SECRET_KEY "
            "to that one, or enter tokens and passwords of other systems anew in the set-up, and "
            "let people set up their second factor anew."
        )
    return 0
