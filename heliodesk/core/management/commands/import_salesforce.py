"""`heliodesk import salesforce DIR_OR_ZIP`: a company moves in with its history (M1)."""

from __future__ import annotations

import csv
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from heliodesk.integrations.salesforce import mapping
from heliodesk.integrations.salesforce.moving_in import archive, map_check, whole
from heliodesk.integrations.salesforce.moving_in.rows import Dictionary
from heliodesk.people.access import SYSTEM, Actor

SHOWN = 10  # refused rows on the screen; all of them are in the file
WIDTH = 78  # characters of the line that shows how far it is
COUNTED = ("read", "created", "changed", "unchanged", "refused", "left out")
REFUSED = ["object", "file", "line", "Id", "field", "reason", "rule"]


class Progress:
    """One line on the terminal that says what is being done, and how far."""

    def __init__(self) -> None:
        self.shown, self.began = 0.0, time.monotonic()
        self.live = sys.stderr.isatty()

    def __call__(self, what: str, done: int) -> None:
        """Say it, at most five times a second."""
        now = time.monotonic()
        if self.live and now - self.shown > 0.2:
            self.shown = now
            said = f"{now - self.began:4.0f} s  {what}" + (f": {done:,}" if done else "")
            sys.stderr.write("\r" + said[:WIDTH].ljust(WIDTH))
            sys.stderr.flush()

    def over(self) -> None:
        """Take the line away."""
        if self.live:
            sys.stderr.write("\r" + " " * WIDTH + "\r")


class Command(BaseCommand):
    help = (
        "Bring a Salesforce export in: a folder or a ZIP with the CSV files of the Data Export "
        "Service or of Data Loader. Run again, it changes only what changed in the export."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The export, the map, and how far to go."""
        parser.add_argument("export", type=Path, nargs="?", help="the folder or ZIP file")
        parser.add_argument("--map", type=Path, metavar="FILE", help="your own names (TOML)")
        parser.add_argument("--dry-run", action="store_true", help="check all, change nothing")
        parser.add_argument("--print-map", action="store_true", help="print the desk's own map")
        parser.add_argument(
            "--refused", type=Path, metavar="FILE", help="where refused rows go (refused.csv)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the map, read, judge, bring in, report."""
        if options["print_map"]:
            self.stdout.write(mapping.DEFAULTS.read_text(encoding="utf-8"))
            return
        root: Path | None = options["export"]
        if root is None:
            raise CommandError("Say which folder or ZIP file to import.")
        try:
            self.move_in(root, options)
        except mapping.ImportProblem as problem:
            raise CommandError(f"{problem} Nothing was changed.") from problem
        except archive.DAMAGED as problem:
            raise CommandError(
                f"{root} cannot be read: {problem}. Fetch it again. Nothing was changed."
            ) from problem

    def move_in(self, root: Path, options: dict[str, Any]) -> None:
        """One run over the export."""
        names = map_check.load_checked(options["map"])
        export = archive.opened(root, names)
        map_check.require_columns_there(options["map"], export)
        self.say_files(export)
        by = Actor(None, SYSTEM.name, SYSTEM.role, origin=f"import {root.name}"[:80])
        progress = Progress()
        move = whole.Move(export, Dictionary(names), by, progress, dry=options["dry_run"])
        beside = root if root.is_dir() else root.parent
        refused: Path = options["refused"] or beside / "refused.csv"
        require_writable(refused)
        with alone(), whole.moved_in(move) as report:
            progress.over()
            count = write_list(refused, REFUSED, "import_refused", "subject")
            write_list(refused.with_name("noted.csv"), [*REFUSED[:4], "note"], "import_noted", "")
            self.say(report, count, refused)
        self.stdout.write(
            "Dry run: nothing was changed." if move.dry else self.style.SUCCESS("Done.")
        )

    def say_files(self, export: archive.Archive) -> None:
        """Which files are read, and how."""
        for subject, files in export.exports.items():
            for one in files:
                remarks = "".join(f"; {remark}" for remark in one.remarks)
                self.stdout.write(
                    f"{one.path.name}: {whole.CALLED.get(subject, subject)}{remarks}."
                )
        for name in export.unread:
            self.stdout.write(f"{name}: not read, it is no object that the desk imports.")

    def say(self, report: whole.Report, refused: int, path: Path) -> None:
        """Counts by object, what to know, and the first refused rows."""
        self.stdout.write("\n" + " " * 22 + "".join(f"{word:>11}" for word in COUNTED))
        for called, counts in report.counts.items():
            self.stdout.write(f"{called:22}" + "".join(f"{count:>11,}" for count in counts))
        self.stdout.write("")
        for note in report.notes:
            self.stdout.write(f"Note: {note}")
        if refused:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT file, line, reason, rule FROM import_refused LIMIT {SHOWN}"  # noqa: S608 - names and a number of our own
                )
                for file, line, reason, rule in cursor.fetchall():
                    self.stdout.write(f"{file}, line {line}: {reason} ({rule})")
            self.stdout.write(f"Refused rows, all {refused:,}: {path}")


class alone:  # noqa: N801 - it reads as a word
    """Two imports at once would judge without knowing of each other: the second is refused."""

    KEY = 20_240_501

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [self.KEY])
            if not cursor.fetchone()[0]:
                raise mapping.ImportProblem("Another import is running. Wait until it is done.")

    def __exit__(self, *raised: object) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [self.KEY])
        except OperationalError:
            return  # the connection is gone, and the lock with it


def require_writable(path: Path) -> None:
    """Refuse before anything is done where the lists cannot be written."""
    try:
        with path.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise mapping.ImportProblem(
            f"The refused rows cannot be written to {path} ({error.strerror}). "
            "Name another file with --refused."
        ) from error


def write_list(path: Path, header: list[str], table: str, order: str) -> int:
    """The rows of a list as CSV; gives how many. Without any there is no file."""
    columns = {
        "import_refused": "subject, file, line, external_id, field, reason, rule",
        "import_noted": "subject, file, line, external_id, note",
    }[table]
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file, connection.cursor() as cursor:
        writer = csv.writer(file)
        writer.writerow(header)
        statement = f"COPY (SELECT {columns} FROM {table} ORDER BY 1, 2, 3) TO STDOUT"  # noqa: S608 - names and a number of our own
        with cursor.copy(statement) as rows:
            for row in rows.rows():
                called = whole.CALLED.get(str(row[0]), str(row[0]))
                writer.writerow([called, *row[1:]])
                count += 1
    if not count:
        path.unlink()
    return count
