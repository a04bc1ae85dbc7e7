"""docs/procedures.md speaks of rules, screens and operations that there are, under these names.

That its tests exist is asked in `test_documents.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DESK = CHECKOUT / "heliodesk"
ROW = re.compile(r"^\| ([A-Z]\d{1,2}) \| (.+?) \| (.+?) \| ", re.MULTILINE)
CODE = re.compile(r"`([^`]+)`([^`]*)")  # what is code, and the words behind it
SCREEN = re.compile(r"\*([^*`]+)\*")
WORD = re.compile(r"[a-zA-Z]\w{3,}")
ADDRESS = re.compile(r"/[-\w/<>.…]*/(?:\?.*)?")
BRACES = re.compile(r"(.*)\{(.+)\}(.*)")

Row = tuple[str, str, str]  # number, rule, screen


def rows() -> list[Row]:
    """The rows of the page."""
    found = ROW.findall((CHECKOUT / "docs" / "procedures.md").read_text(encoding="utf-8"))
    return [(number, rule, screen) for number, rule, screen in found]


@cache
def written() -> str:
    """All that is written in the desk: code, templates, scripts, migrations."""
    files = chain.from_iterable(DESK.rglob(f"*.{kind}") for kind in ("py", "html", "js"))
    return " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in sorted(files))


@cache
def words() -> frozenset[str]:
    """Every word of it."""
    return frozenset(re.findall(r"\w+", written()))


def complaints(rule: str, screen: str) -> Iterator[str]:
    """What a row names and the desk does not have."""
    place = DESK
    for code, behind in CODE.findall(f"{rule} | {screen}"):
        if ("/" in code.strip("/") and not code.startswith("/")) or code.endswith(".py"):
            paths = [file_of(one, place) for one in spelt_out(code)]
            yield from (code for path in paths if path is None)
            for path in filter(None, paths):
                place = path.parent
                yield from (f"{code} {name}" for name in undefined(names_in(behind), path))
        elif ADDRESS.fullmatch(code):
            yield from () if leads_somewhere(code) else (code,)
        elif re.fullmatch(r"\w+(\.\w+)+", code):
            yield from () if dotted(code) else (code,)
        elif WORD.fullmatch(code) and code not in words():
            yield code
    for label in SCREEN.findall(f"{rule} {screen}"):
        if label not in written():
            yield f"*{label}*"


def spelt_out(code: str) -> list[str]:
    """`{accounts,contacts}.py` as two."""
    if match := BRACES.fullmatch(code):
        before, names, behind = match.groups()
        return [f"{before}{name}{behind}" for name in names.split(",")]
    return [code]


def file_of(code: str, place: Path) -> Path | None:
    """The file or folder, from the top of the desk or from near where the last one was."""
    near = [DESK, *(folder for folder in (place, *place.parents) if DESK in folder.parents)]
    return next((folder / code for folder in near if (folder / code).exists()), None)


def names_in(behind: str) -> list[str]:
    """The names that stand behind a file, up to the next sentence: `close, reopen (…`."""
    listed = re.split(r"[;(:|.]", behind)[0].split(",")
    return [one.strip() for one in listed if re.fullmatch(r"\w+", one.strip())]


def undefined(names: list[str], path: Path) -> list[str]:
    """Those of the names that the file does not define."""
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return [
        name
        for name in names
        if not re.search(rf"^ *(?:def|class) {name}\b|^ *{name}\b.*=", text, re.MULTILINE)
    ]


def leads_somewhere(address: str) -> bool:
    """Whether some view answers there."""
    path = re.sub("<[^>]*>|…", "1", address.partition("?")[0])
    try:
        resolve(path)
    except Resolver404:
        return path == "/api/v1/"  # where all operations are below
    return True


def dotted(code: str) -> bool:
    """Whether it is a module, or a name in one."""
    path = DESK.joinpath(*code.split("."))
    module = path.parent.with_suffix(".py")
    if path.with_suffix(".py").exists() or path.is_dir():
        return True
    return module.exists() and not undefined([path.name], module)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_what_a_procedures_row_names_exists(row: Row) -> None:
    _, rule, screen = row
    assert list(complaints(rule, screen)) == []


@pytest.mark.parametrize(
    "rule",
    [
        "`cases/rules/closing.py` shut",
        "`cases/rules/shutting.py`",
        "`cases.access.seen_by`",
        "constraint `no_such_constraint`",
        "*Shut the case for good*",
        "`/shutting/`",
    ],
)
def test_a_name_that_is_gone_would_be_found(rule: str) -> None:
    assert len(list(complaints(rule, ""))) == 1
