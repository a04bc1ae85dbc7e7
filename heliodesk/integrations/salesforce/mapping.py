"""Which column of an export fills which field of the desk."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

DEFAULTS = Path(__file__).with_name("columns.toml")
OBJECTS = ("account", "contact", "contract")


class ImportProblem(Exception):
    """The import cannot go on; the text says why and what to do. Nothing was changed."""


class ColumnMissing(ImportProblem):
    """A column is not there, or is there under a name that only a mapping file knows."""


def plain(name: str) -> str:
    """A column's name without what does not matter in it."""
    return re.sub(r"[^a-z0-9]", "", name.strip().lower().removesuffix("__c"))


def load(own: Path | None) -> dict[str, Any]:
    """The names of columns and values, those of the file `own` put before the desk's."""
    names: dict[str, Any] = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    if own is None:
        return names
    try:
        extra = tomllib.loads(own.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ImportProblem(f"The mapping file {own} cannot be read: {error}.") from error
    _put_before(names, extra, str(own))
    return names


def _put_before(names: dict[str, Any], extra: Mapping[str, Any], where: str) -> None:
    for key, value in extra.items():
        known = names.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _put_before(known, value, f"{where}, {key}")
        elif isinstance(known, list) and isinstance(value, list):
            names[key] = [*map(str, value), *known]
        else:
            raise ImportProblem(
                f"{where}: “{key}” is no list of names that the desk knows; "
                f"there is: {', '.join(names)}."
            )


@dataclass(frozen=True)
class Columns:
    """The header of one file, understood. `names` is what `load` gave."""

    header: list[str]
    subject: str
    names: Mapping[str, Any]

    @cached_property
    def positions(self) -> dict[str, list[int]]:
        """Field to the places of its columns, best first; only fields that the file has."""
        places = {plain(name): place for place, name in reversed(list(enumerate(self.header)))}
        found = {
            field: [places[plain(alias)] for alias in aliases if plain(alias) in places]
            for field, aliases in self.names[self.subject].items()
            if isinstance(aliases, list)
        }
        return {field: list(dict.fromkeys(where)) for field, where in found.items() if where}

    @cached_property
    def addresses(self) -> list[dict[str, int]]:
        """Whole addresses, best first: part to the place of its column."""
        places = {plain(name): place for place, name in enumerate(self.header)}
        prefixes = self.names[self.subject].get("address", {}).get("prefixes", [])
        parts: Mapping[str, list[str]] = self.names["address"]
        whole = [
            {
                part: places[plain(prefix + alias)]
                for part, aliases in parts.items()
                for alias in reversed(aliases)
                if plain(prefix + alias) in places
            }
            for prefix in prefixes
        ]
        return [one for one in whole if "street" in one]

    @cached_property
    def deleted(self) -> int | None:
        """Where it stands whether the record was deleted, in exports that have such records."""
        places = [n for n, name in enumerate(self.header) if plain(name) == "isdeleted"]
        return places[0] if places else None

    @property
    def unread(self) -> list[str]:
        """The columns that fill nothing."""
        read = {place for where in self.positions.values() for place in where}
        read |= {place for one in self.addresses for place in one.values()}
        read.add(-1 if self.deleted is None else self.deleted)
        return [name for place, name in enumerate(self.header) if place not in read and name]

    def get(self, row: list[str], field: str) -> str:
        """The first value there is for the field, trimmed; empty where none."""
        for place in self.positions.get(field, ()):
            if (value := row[place].strip()) and value != "#N/A":
                return value
        return ""

    def address(self, row: list[str]) -> dict[str, str]:
        """The first address that has a street; the file's first, empty, where none has."""
        for one in self.addresses:
            if row[one["street"]].strip():
                return {part: row[place] for part, place in one.items()}
        return {part: "" for one in self.addresses[:1] for part in one}

    def meaning(self, group: str, word: str) -> str:
        """What a picklist's value means here, such as `active` for `Activated`, or nothing."""
        wanted = word.strip().casefold()
        for meaning, words in self.names[self.subject][group].items():
            if wanted == meaning or wanted in (known.casefold() for known in words):
                return str(meaning)
        return ""
