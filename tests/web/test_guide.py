"""The guide holds every number that a refusal can name (K5)."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client

import heliodesk
from heliodesk.web.guide import chapters

NAMED = re.compile(r'rule="([A-Z]\d+)"')


def numbers() -> set[str]:
    return {line.number for chapter in chapters() for line in chapter.procedures}


def test_every_number_that_a_refusal_names_is_in_the_guide() -> None:
    package = Path(heliodesk.__file__).parent
    named = {
        number
        for source in package.rglob("*.py")
        for number in NAMED.findall(source.read_text(encoding="utf-8"))
    }
    assert named, "no refusal was found: the pattern is wrong"
    assert named <= numbers()


def test_a_number_leads_to_its_line(frank_client: Client) -> None:
    page = frank_client.get("/guide/").content.decode()
    assert 'id="X4"' in page
    assert "reopened once in its life" in page
