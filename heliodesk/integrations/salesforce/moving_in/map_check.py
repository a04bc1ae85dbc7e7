"""Checking a mapping file of one's own before anything is read (M1)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from heliodesk.integrations.salesforce.mapping import DEFAULTS, ImportProblem, plain
from heliodesk.integrations.salesforce.moving_in.archive import Archive
from heliodesk.integrations.salesforce.sets import column

#: Lists whose left side names something on the desk: table and what it is called.
TARGETS = {
    ("case", "sources"): ("cases_casesource", "name"),
    ("case", "request_types"): ("cases_requesttype", "name"),
    ("case", "closed_reasons"): ("cases_closedreason", "name"),
    ("assignment", "departments"): ("people_department", "name"),
    ("group", "departments"): ("people_department", "name"),
}
#: Lists whose left side is any name: a queue that is not there is made.
OPEN = {("group", "queues")}
ON_THE_DESK = {*TARGETS, ("case", "request_subtypes")}
#: Lists with a single word on the left, as the desk's own list has them.
SINGLE = {("user", "role_of_case_owners"): {"frontline", "back_office", "none"}}


class OwnMap:
    """The file, its contents, and on which line what stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8-sig")
            self.says: dict[str, Any] = tomllib.loads(self.text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ImportProblem(f"The mapping file {path} cannot be read: {error}.") from error

    def line(self, *keys: str) -> int:
        """The line of a key, inside of its section."""
        section, key = "", keys[-1]
        for number, line in enumerate(self.text.splitlines(), start=1):
            if head := re.match(r"\s*\[([^\]]+)\]", line):
                section = head[1].replace('"', "").replace("'", "").strip()
                if section == ".".join(keys) or section.startswith(".".join(keys) + "."):
                    return number
            named = re.match(r"\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w-]+)\s*=", line)
            if named and named[1].strip("\"'") == key and section == ".".join(keys[:-1]):
                return number
        return 1

    def problem(self, what: str, *keys: str) -> ImportProblem:
        """What is wrong, and where."""
        return ImportProblem(f"{self.path}, line {self.line(*keys)}: {what}")


def load_checked(own: Path | None) -> dict[str, Any]:
    """The map: one's own before the desk's. Refuses what it does not know, by line and with what
    there is instead."""
    names: dict[str, Any] = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    if own is None:
        return names
    mine = OwnMap(own)
    for section, content in mine.says.items():
        if section not in names or not isinstance(content, dict):
            raise mine.problem(
                f"“{section}” is no object that the desk imports; there is: {', '.join(names)}.",
                section,
            )
        _section(mine, names, section, content)
    return names


def _section(mine: OwnMap, names: dict[str, Any], section: str, content: dict[str, Any]) -> None:
    known = names[section]
    for key, value in content.items():
        if key not in known:
            raise mine.problem(
                f"“{key}” is no field of {section}; there is: {', '.join(known)}.", section, key
            )
        if isinstance(known[key], dict):
            if not isinstance(value, dict):
                raise mine.problem(f"“{key}” is a section: [{section}.{key}].", section, key)
            _group(mine, names, section, key, value)
        else:
            known[key] = [*_words(mine, value, section, key), *known[key]]


def _group(
    mine: OwnMap, names: dict[str, Any], section: str, group: str, value: Mapping[str, Any]
) -> None:
    known = names[section][group]
    if (section, group) == ("user", "role_of_case_owners"):
        known.clear()
    allowed = _allowed(section, group, known)
    for target, some in value.items():
        if allowed is not None and target not in allowed:
            raise mine.problem(
                f"“{target}” is nothing that [{section}.{group}] may name; "
                f"there is: {', '.join(sorted(allowed)) or 'nothing yet'}.",
                section, group, target,
            )  # fmt: skip
        known[target] = [*_words(mine, some, section, group, target), *known.get(target, [])]


def _allowed(section: str, group: str, known: Mapping[str, Any]) -> set[str] | None:
    if (section, group) in OPEN:
        return None
    if (section, group) in SINGLE:
        return SINGLE[section, group]
    if (section, group) in ON_THE_DESK:
        return set(names_on_the_desk(section, group))
    return set(known)


def names_on_the_desk(section: str, group: str) -> list[str]:
    """What a list of the map may name on its left side."""
    if (section, group) == ("case", "request_subtypes"):
        return column(
            """SELECT t.name || ': ' || s.name FROM cases_requestsubtype s
            JOIN cases_requesttype t ON t.id = s.request_type_id ORDER BY 1"""
        )
    table, name = TARGETS[section, group]
    return column(f"SELECT {name} FROM {table} ORDER BY 1")


def _words(mine: OwnMap, value: Any, *keys: str) -> list[str]:
    some = value if isinstance(value, list) else [value]
    if not all(isinstance(word, str) for word in some):
        raise mine.problem(f"“{keys[-1]}” takes a list of texts.", *keys)
    return [str(word) for word in some]


def require_columns_there(own: Path | None, archive: Archive) -> None:
    """Refuse a map that names columns of which the export's file has none."""
    if own is None:
        return
    mine = OwnMap(own)
    for section, content in mine.says.items():
        for key, value in content.items() if section in archive.exports else ():
            if isinstance(value, dict):
                continue
            wanted = {plain(word) for word in _words(mine, value, section, key)}
            headers = [name for one in archive.of(section) for name in one.columns.header]
            if not wanted & set(map(plain, headers)):
                file = ", ".join(one.path.name for one in archive.of(section))
                raise mine.problem(
                    f"{file} has no column that “{key}” names; there is: {', '.join(headers)}.",
                    section, key,
                )  # fmt: skip
