"""The CSV files of an export: found, decoded and split into rows."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import Path as ZipPath

from heliodesk.integrations.salesforce.mapping import (
    OBJECTS,
    ColumnMissing,
    Columns,
    ImportProblem,
    plain,
)

Place = Path | ZipPath
CHUNK = 1 << 20
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Of two bytes for each letter of a header, one is nothing.
NO_MARK: dict[tuple[bool, ...], str] = {
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
LARGEST_FIELD = 1 << 20  # characters: more is a quote that was never closed
DELETED = {"1", "true"}
LONGEST_LINE = 8 << 20  # characters: a file without line breaks is not read into memory at once
csv.field_size_limit(LARGEST_FIELD)


@dataclass(frozen=True)
class Export:
    """One readable file and what it holds."""

    path: Place
    encoding: str
    delimiter: str
    columns: Columns
    left_out: Counter[str] = field(default_factory=Counter, compare=False)

    @property
    def remarks(self) -> list[str]:
        """What a person should know of how the file is read."""
        said = []
        if self.encoding == "cp1252":
            said.append("it is not UTF-8 and is read as Windows-1252")
        if self.delimiter != ",":
            mark = "tabs" if self.delimiter == "\t" else f"“{self.delimiter}”"
            said.append(f"its columns are separated by {mark}")
        if self.columns.unread:
            said.append(f"not read: {', '.join(self.columns.unread)}")
        return said

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line it begins on; blank rows, a report's footer and what was deleted
        in Salesforce left out."""
        self.left_out.clear()
        flag = self.columns.deleted
        for line, row in self.all_rows():
            if flag is not None and flag < len(row) and row[flag].strip().lower() in DELETED:
                self.left_out["deleted"] += 1
            else:
                yield line, row

    def all_rows(self) -> Iterator[tuple[int, list[str]]]:
        """Also those of deleted records, which “Export All” has."""
        width = len(self.columns.header)
        with self.path.open("r", encoding=self.encoding, newline="") as file:
            lines = iter(partial(file.readline, LONGEST_LINE), "")
            reader = csv.reader(lines, delimiter=self.delimiter)
            line, blank = 1, False
            try:
                for number, row in enumerate(reader):
                    begins, line = line, reader.line_num + 1
                    if not any(row):
                        blank = True
                    elif number and not (blank and width > 1 and len(row) == 1):
                        yield begins, row
            except UnicodeDecodeError as error:
                raise unreadable(self.path) from error
            except csv.Error as error:
                raise ImportProblem(
                    f"{self.path.name}, line {line}: the row does not end ({error}). "
                    "Look for a quotation mark that is not closed. Files do not come in a column "
                    "(Body, VersionData): leave it empty, and put them beside by their Id."
                ) from error


def find(folder: Path, names: dict[str, Any]) -> dict[str, Export]:
    """The exports in the folder by object; refuses a folder with none, or two for one object."""
    if not folder.is_dir():
        raise ImportProblem(f"{folder} is not a folder.")
    found: dict[str, Export] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() != ".csv" or path.name.lower() == "refused.csv":
            continue
        export = understand(path, names)
        subject = export.columns.subject
        if subject in found:
            raise ImportProblem(
                f"{found[subject].path.name} and {path.name} are both {subject}s. Leave one."
            )
        found[subject] = export
    if not found:
        raise ImportProblem(
            f"There is nothing to import in {folder}: it takes Account.csv, Contact.csv and "
            "Contract.csv, or reports of these."
        )
    return found


def understand(path: Path, names: dict[str, Any]) -> Export:
    """What the file holds, by its name or else its columns, and how it is written."""
    encoding = encoding_of(path)
    first = first_line(path, encoding)
    split = {mark: next(csv.reader([first], delimiter=mark), []) for mark in (",", ";", "\t", "|")}
    wanted = [one for one in reversed(OBJECTS) if plain(path.stem).startswith(one)] or list(OBJECTS)
    columns, mark = max(
        ((Columns(header, one, names), mark) for one in wanted for mark, header in split.items()),
        key=lambda pair: len(pair[0].positions),
    )
    require_columns(path, columns)
    return Export(path, encoding, mark, columns)


def first_line(path: Place, encoding: str) -> str:
    """The row of column names; refuses a file without one."""
    try:
        with path.open("r", encoding=encoding, newline="") as file:
            first = file.readline(LARGEST_FIELD)
    except UnicodeDecodeError as error:
        raise unreadable(path) from error
    if not first.strip():
        raise ImportProblem(f"{path.name} is empty. Export it again, with a row of column names.")
    return str(first)


def header_of(path: Place, encoding: str) -> tuple[str, list[str]]:
    """What parts the columns, and what they are called."""
    first = first_line(path, encoding)
    marks = [",", ";", "\t", "|"]
    mark = max(marks, key=lambda one: len(next(csv.reader([first], delimiter=one), [])))
    return mark, next(csv.reader([first], delimiter=mark), [])


def require_columns(path: Path, columns: Columns) -> None:
    """Refuse a file without the columns that every row needs."""
    has = columns.positions.keys()
    needed = {
        "account": [{"external_id"}, {"name", "last_name"}],
        "contact": [{"external_id"}, {"account"}, {"name", "last_name"}],
        "contract": [{"contract_id"}, {"account"}],
    }
    missing = [group for group in needed[columns.subject] if not group & has]
    if missing:
        said = " and ".join(
            str(columns.names[columns.subject][sorted(group)[-1]][0]) for group in missing
        )
        raise ColumnMissing(
            f"{path.name} has no column {said}, which {columns.subject}s need. "
            "Export it with that column, or give it that name."
        )


def unreadable(path: Place) -> ImportProblem:
    """The bytes are text in none of the encodings that exports have."""
    return ImportProblem(f"{path.name} cannot be read as text. Export it as UTF-8.")


def encoding_of(path: Place) -> str:
    """UTF-8 or UTF-16, with their marks or without, else Windows-1252; refuses what is no text."""
    with path.open("rb") as file:
        head = file.read(4)
        for bom, encoding in BOMS:
            if head.startswith(bom):
                return encoding
        if bare := NO_MARK.get(tuple(byte == 0 for byte in head)):
            return bare
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        utf8 = True
        while chunk := file.read(CHUNK):
            if b"\0" * 4 in chunk:
                raise ImportProblem(f"{path.name} is not a text file. Export it as CSV.")
            if utf8:
                utf8 = _decodes(decoder, chunk)
    return "utf-8" if utf8 else "cp1252"


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True
