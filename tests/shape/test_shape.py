"""The desk keeps its shape: what its style asks for, checked over every file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from jinja2 import StrictUndefined

from tests.shape import python_checks, template_checks
from tests.shape.python_checks import Source

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SOURCES = [
    Source(path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8"))
    for path in sorted((CHECKOUT / "heliodesk").rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((CHECKOUT / "heliodesk").glob("**/jinja2/**/*.html"))
JINJA = "/jinja2/"  # below it stands the name that a template is asked for by
pytestmark = pytest.mark.xdist_group("shape")  # each file is taken apart once
NUMBER = re.compile(r"^\| ([A-Z]\d{1,2}) \|", re.MULTILINE)


def procedure_numbers() -> set[str]:
    """The numbers that docs/procedures.md has a row for."""
    return set(NUMBER.findall((CHECKOUT / "docs" / "procedures.md").read_text(encoding="utf-8")))


@pytest.mark.parametrize("check", python_checks.CHECKS)
def test_python_files_keep_their_shape(check: python_checks.Check) -> None:
    assert [complaint for source in SOURCES for complaint in check(source)] == []


def test_what_is_called_of_the_rules_and_writes_is_a_rule() -> None:
    assert list(python_checks.unmarked_rules(SOURCES)) == []


def test_refusals_name_procedures_that_are_documented() -> None:
    known = procedure_numbers()
    found = [
        complaint
        for source in SOURCES
        for complaint in python_checks.refusal_numbers(source, known)
    ]
    assert found == []


def test_templates_work_without_scripts_and_hold_none() -> None:
    found = [
        complaint
        for path in TEMPLATES
        for complaint in template_checks.complaints(
            path.relative_to(CHECKOUT).as_posix(), path.read_text(encoding="utf-8")
        )
    ]
    assert found == []


def test_templates_compile_and_fail_on_an_unknown_name() -> None:
    environment = engines["jinja2"].env  # type: ignore[attr-defined]  # of this backend only
    assert environment.undefined is StrictUndefined
    assert environment.autoescape is True
    for path in TEMPLATES:  # what is compiled is kept for others (tests/plugin.py)
        found = environment.get_template(path.as_posix().rpartition(JINJA)[2])
        assert found.filename == str(path)
