"""The documents speak of what there is: tests that exist, files that exist, decisions listed."""

from __future__ import annotations

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DOCS = CHECKOUT / "docs"
TEST = re.compile(r"`(test_[a-z]\d_\w*…?)`")
FILE = re.compile(r"\b(?:tests/)?((?:\w+/)*test_\w+\.py)\b")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
SOURCE = re.compile(r"`([\w/]+\.py)`")
DEFINED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def rows() -> str:
    """The page that maps procedures to rules, screens and tests."""
    return (DOCS / "procedures.md").read_text(encoding="utf-8")


def names_of_tests() -> set[str]:
    """The names of all tests."""
    files = (CHECKOUT / "tests").rglob("test_*.py")
    return {name for path in files for name in DEFINED.findall(path.read_text(encoding="utf-8"))}


def test_every_test_that_a_procedure_names_exists() -> None:
    there = names_of_tests()
    named = TEST.findall(rows())
    missing = [
        name
        for name in named
        if not (
            any(one.startswith(name[:-1]) for one in there) if name.endswith("…") else name in there
        )
    ]
    assert named
    assert missing == []


def test_every_test_file_that_a_procedure_names_exists() -> None:
    there = [path.as_posix() for path in (CHECKOUT / "tests").rglob("test_*.py")]
    named = FILE.findall(rows())
    assert named
    assert [name for name in named if not any(one.endswith(f"/{name}") for one in there)] == []


def test_a_procedure_has_one_row() -> None:
    numbers = re.findall(r"^\| ([A-Z]\d{1,2}) \|", rows(), re.MULTILINE)
    assert sorted({number for number in numbers if numbers.count(number) > 1}) == []


def test_every_part_of_the_desk_stands_in_the_table_of_the_architecture() -> None:
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    parts = {path.parent.name for path in (CHECKOUT / "heliodesk").glob("*/__init__.py")}
    assert {part for part in parts if not re.search(rf"^\| `{part}[`/]", page, re.M)} == set()


def test_the_index_of_decisions_lists_them_all() -> None:
    folder = DOCS / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text(encoding="utf-8")))
    assert {path.name for path in folder.glob("*.md")} - {"README.md"} == listed


def test_links_between_documents_lead_somewhere() -> None:
    pages = [CHECKOUT / "README.md", *DOCS.rglob("*.md")]
    dead = [
        f"{page.name}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert dead == []


def test_every_source_file_that_a_document_names_exists() -> None:
    there = [
        f"/{path.relative_to(CHECKOUT).as_posix()}"
        for folder in ("heliodesk", "tests", "benchmarks", "examples")
        for path in (CHECKOUT / folder).rglob("*.py")
    ]
    gone = [
        f"{page.name}: {name}"
        for page in [
            CHECKOUT / "README.md",
            *DOCS.rglob("*.md"),
            *CHECKOUT.glob("heliodesk/**/*.md"),
        ]
        for name in SOURCE.findall(page.read_text(encoding="utf-8"))
        if not any(path.endswith(f"/{name}") for path in there)
    ]
    assert gone == []
