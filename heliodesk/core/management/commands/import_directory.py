"""`heliodesk import directory DIR`: accounts, contacts and contracts from CSV files (D1)."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from heliodesk.integrations.salesforce import directory, files, mapping
from heliodesk.integrations.salesforce.directory import Outcome, RefusedRow
from heliodesk.people.access import SYSTEM, Actor

SHOWN = 10  # refused rows on the screen; all of them are in the file


class Command(BaseCommand):
    help = (
        "Bring accounts, contacts and contracts in from Account.csv, Contact.csv and Contract.csv "
        "of a folder, as a Salesforce report or Data Loader writes them. Nothing changes before "
        "the question is answered with yes; run again, it changes only what changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder, and how far to go."""
        parser.add_argument("folder", type=Path, help="the folder with the CSV files")
        parser.add_argument("--dry-run", action="store_true", help="show only, change nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask")
        parser.add_argument("--map", type=Path, metavar="FILE", help="your own column names (TOML)")
        parser.add_argument(
            "--refused", type=Path, metavar="FILE", help="refused rows (DIR/refused.csv)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Show what would be done, ask, do it."""
        folder: Path = options["folder"]
        by = Actor(None, SYSTEM.name, SYSTEM.role, origin=f"import {folder.name}"[:80])
        try:
            exports = files.find(folder, mapping.load(options["map"]))
            self.say_files(exports)
            with directory.stage(exports):
                self.carry_out(exports, options, by)
        except mapping.ImportProblem as problem:
            named = isinstance(problem, mapping.ColumnMissing)
            hint = " A column of yours is named with --map." if named else ""
            raise CommandError(f"{problem}{hint} Nothing was changed.") from problem

    def carry_out(
        self, exports: dict[str, files.Export], options: dict[str, Any], by: Actor
    ) -> None:
        """Preview, question, import."""
        shown = directory.preview(exports, by=by)
        refused: Path = options["refused"] or options["folder"] / "refused.csv"
        self.say(shown, refused)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was changed.")
            return
        if not any(one.created or one.changed for one in shown.figures):
            self.stdout.write("There is nothing to change.")
            return
        if not options["yes"] and not self.agreed():
            self.stdout.write("Nothing was changed.")
            return
        try:
            directory.import_as_shown(exports, shown, by=by)
        except IntegrityError as error:
            raise directory.changed_meanwhile() from error
        self.stdout.write(self.style.SUCCESS("Done."))

    def agreed(self) -> bool:
        """Ask; anything but yes is no, and so is nobody there to answer."""
        try:
            return input("Import this? [yes/no] ").strip().lower() in {"y", "yes"}
        except EOFError:
            return False

    def say_files(self, exports: dict[str, files.Export]) -> None:
        """Which files are read, and how."""
        for subject, export in exports.items():
            remarks = "".join(f"; {remark}" for remark in export.remarks)
            self.stdout.write(f"{export.path.name}: {subject}s{remarks}.")

    def say(self, outcome: Outcome, refused: Path) -> None:
        """Counts, warnings and the first refused rows; all of them go to the file `refused`."""
        self.stdout.write(f"\n{'':10}{'new':>10}{'changed':>10}{'unchanged':>11}{'refused':>10}")
        for one in outcome.figures:
            self.stdout.write(
                f"{one.subject + 's':10}{one.created:>10,}{one.changed:>10,}"
                f"{one.unchanged:>11,}{one.refused:>10,}"
            )
        self.stdout.write("")
        for warning in outcome.warnings:
            self.stdout.write(f"Note: {warning}")
        write_refused(refused, outcome.refused)
        for row in outcome.refused[:SHOWN]:
            self.stdout.write(f"{row.file}, line {row.line}: {row.reason} ({row.rule})")
        if outcome.refused:
            self.stdout.write(f"Refused rows, all {len(outcome.refused):,}: {refused}\n")


def write_refused(path: Path, refused: list[RefusedRow]) -> None:
    """The refused rows as a CSV file; without any, only an earlier file is written anew."""
    if not refused and not path.exists():
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["file", "line", "field", "reason", "rule"])
            writer.writerows(
                [row.file, row.line, row.field, row.reason, row.rule] for row in refused
            )
    except OSError as error:
        raise mapping.ImportProblem(
            f"The refused rows cannot be written to {path} ({error.strerror}). "
            "Name another file with --refused."
        ) from error
