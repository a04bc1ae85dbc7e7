"""`bin/bench import`: how long a Salesforce export of so many rows takes to come in (M1)."""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import desk, export_files


def main(words: list[str]) -> int:
    """Write an export, import it into a new desk, once more, and print what it took."""
    parser = argparse.ArgumentParser(prog="bin/bench import", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument(
        "--template", metavar="NAME", help="an empty desk on DATABASE_URL's server, to be copied"
    )
    options = parser.parse_args(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heliodesk.settings")
    with tempfile.TemporaryDirectory(prefix="heliodesk-bench-") as folder:
        Path(folder).chmod(0o711)
        export, data = Path(folder) / "export", Path(folder) / "desk"
        export.mkdir()
        data.mkdir()
        rows = export_files.write(export, options.rows)
        before = peak()
        with desk.database_of(options.rows, data, options.template):
            desk.prepare()
            from django.core.management import call_command

            call_command("load_defaults", verbosity=0)
            for what in ("first", "again"):
                began = time.perf_counter()
                call_command("import_salesforce", export)
                took = time.perf_counter() - began
                sys.stdout.write(
                    f"{what}: {rows:,} rows in {took:,.1f} s, {rows / took:,.0f} rows a second; "
                    f"{peak():,.0f} MB at most ({before:,.0f} MB before)\n\n"
                )
    return 0


def peak() -> float:
    """The most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
