"""The cells of an export as PostgreSQL takes them; what cannot be is refused with its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce.ids import eighteen

Value = str | int | bool | datetime | None
Read = Callable[[str], Value]

NOTHING = "#N/A"
TRUE = frozenset({"1", "true", "yes", "y"})
EXPORTED = len("2024-05-01T10:00:00.000Z")
LARGEST = 9_223_372_036_854_775_807
#: Reports and spreadsheets write times as people do: months come first between slashes, days
#: between dots.
FORMS = tuple(
    f"{day}{clock}"
    for day in ("%m/%d/%Y", "%d.%m.%Y")
    for clock in (" %I:%M %p", " %H:%M", "", " %I:%M:%S %p", " %H:%M:%S")
)
DAY_FIRST = re.compile(r"(?:1[3-9]|2\d|3[01])/(?:0?[1-9]|1[0-2])/\d{4}\b")

IDS = frozenset(
    [
        "external_id",
        "case",
        "account",
        "contact",
        "contract",
        "parent",
        "previous",
        "owner",
        "installer",
        "installer_contact",
        "created_by",
        "modified_by",
        "closed_by",
        "reviewed_by",
        "reopened_by",
        "ended_by",
        "by",
        "assignee",
        "account_manager",
        "sales_manager",
        "queue",
        "group",
        "member",
        "what",
        "who",
        "item",
        "document",
        "place",
        "first_place",
        "other",
    ]
)
MOMENTS = frozenset(
    [
        "created_at",
        "modified_at",
        "closed_at",
        "reviewed_at",
        "review_due_from",
        "follow_up_at",
        "accepted_at",
        "acted_at",
        "ended_at",
        "reopened_at",
        "edited_at",
        "deleted_at",
        "completed_at",
        "at",
        "due",
    ]
)
FLAGS = frozenset({"active", "rich", "latest", "resolved"})
NUMBERS = frozenset({"size", "position"})


class DayFirst(Refused):
    """Months come second in this export: others of its times would be read wrong unnoticed."""


def refused(code: str, message: str, field: str | None = None, rule: str = "M1") -> Refused:
    """A refusal of a cell."""
    return Refused(code, message, rule=rule, field=field)


def read_as(field: str) -> tuple[Read, str]:
    """How a field is read, and the type of its column in the staging table."""
    if field in IDS:
        return ident, "text"
    if field in MOMENTS:
        return (lambda cell: moment(cell, field)), "timestamptz"
    if field in FLAGS:
        return flag, "boolean"
    if field in NUMBERS:
        return (lambda cell: whole(cell, field)), "bigint"
    return (lambda cell: text(cell, field)), "text"


@lru_cache(maxsize=20_000)  # people come again in every row, cases in the next ones
def ident(cell: str) -> str:
    """A record's ID, with all eighteen characters."""
    return eighteen(cell.strip()).replace("\0", "")


def text(cell: str, field: str = "") -> str:
    """A text with line breaks as one character; refuses what PostgreSQL cannot hold."""
    if not cell:
        return cell
    if "\0" in cell:
        raise refused("not_text", "There is a character that is not text.", field)
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return cell.strip()


def moment(cell: str, field: str = "") -> datetime | str | None:
    """A moment of either form, in UTC where it names no zone; the text itself where PostgreSQL
    reads the same in it."""
    cell = cell.strip()
    if not cell:
        return None
    try:
        found = datetime.fromisoformat(cell)
    except ValueError:
        found = _written(cell, field)
    else:
        if len(cell) == EXPORTED and cell[10] == "T" and cell[-1] == "Z":
            return cell
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found


def as_people_write(cell: str) -> datetime | None:
    """A moment in one of the forms of reports and spreadsheets."""
    plain = " ".join(cell.replace(",", " ").split())  # also the narrow blanks before AM and PM
    for form in FORMS:
        try:
            return datetime.strptime(plain, form)  # noqa: DTZ007 - moment() gives it its zone
        except ValueError:
            continue
    return None


def _written(cell: str, field: str) -> datetime:
    if found := as_people_write(cell):
        return found
    if DAY_FIRST.match(cell):
        raise DayFirst("day_first", f"“{cell[:40]}” has the day before the month.", rule="M1")
    raise refused(
        "moment_unreadable",
        f"“{cell[:40]}” is not a date and time. Write it like 2024-05-01T10:00:00.000Z.",
        field,
    )


def flag(cell: str) -> bool | None:
    """Yes or no, or nothing said."""
    return cell.strip().lower() in TRUE if cell else None


def whole(cell: str, field: str = "") -> int | None:
    """A whole number that fits."""
    if not cell.strip():
        return None
    try:
        number = int(float(cell)) if "." in cell else int(cell)
    except (ValueError, OverflowError):
        number = -1
    if not 0 <= number <= LARGEST:
        raise refused("number_unreadable", f"“{cell[:40]}” is not a whole number.", field)
    return number


class Words:
    """A list of the map turned round: what the export says to what it means here."""

    def __init__(self, meanings: Mapping[str, list[str]]) -> None:
        self.meanings = list(meanings)
        self.found = {
            said.strip().casefold(): meaning for meaning, some in meanings.items() for said in some
        }
        self.found |= {meaning.casefold(): meaning for meaning in meanings}

    def meaning(self, said: str) -> str | None:
        """What it means here, or None."""
        return self.found.get(said.strip().casefold())

    def name(self, said: str) -> str:
        """The desk's name for it; itself where the map names none."""
        return self.meaning(said) or " ".join(said.split())
