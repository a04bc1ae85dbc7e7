"""`heliodesk backup FILE`: the whole desk in one archive."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from heliodesk.server.commands import manage
from heliodesk.server.terminal import echo

NAME = "backup"
HELP = "save the database, the files and the key to one archive (also while it is served)"
INCOMPLETE = 3
SHOWN = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether the key comes along."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the archive, which is not there")
    parser.add_argument(
        "--without-key",
        action="store_true",
        help="leave the secret key out, where it is kept safe elsewhere",
    )


def run(options: argparse.Namespace) -> int:
    """Write the archive; 3 when it is made and files are missing in it."""
    target: Path = options.file.expanduser().absolute()
    # A key that comes from the environment is the operator's, who keeps it.
    kept_here = "HELIODESK_SECRET_KEY" not in os.environ
    with manage.django_ready(options.data):
        import django

        django.setup()
        from heliodesk.server.backup import record, taking

        with_key = kept_here and not options.without_key
        key = os.environ["HELIODESK_SECRET_KEY"] if with_key else None
        taken = taking.take(target, os.environ["DATABASE_URL"], key=key)
        record.taken(target, taken)
    size = target.stat().st_size / 1024**2
    cases = taken.head.rows.get("cases_case", 0)
    echo(f"{target}: {cases:,} cases, {taken.files:,} files, {size:,.1f} MB")
    echo(
        "The desk's secret key is in it: keep it where nobody else can read it."
        if with_key
        else "The desk's secret key is not in it: keep it too, elsewhere."
    )
    if taken.lost:
        shown = ", ".join(taken.lost[:SHOWN])
        echo(
            f"WARNING: {len(taken.lost)} files are missing in the desk's storage or have changed "
            f"there: {shown}. The rest is saved; look for them in an older backup."
        )
        return INCOMPLETE
    return 0
