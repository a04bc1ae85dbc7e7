"""The guide: the procedures by number, where every refusal leads to (K5)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup

SOURCE = Path(__file__).parent / "guide.md"
LINE = re.compile(r"^- (?P<number>[A-Z]\d+) (?P<text>.+)$")

_markdown = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Procedure:
    """One numbered line; `number` is also its anchor on the page."""

    number: str
    text: Markup


@dataclass(frozen=True)
class Chapter:
    """A letter's procedures, with what stands before them."""

    letter: str
    title: str
    opening: Markup
    procedures: list[Procedure] = field(default_factory=list)


@cache
def chapters() -> list[Chapter]:
    """The guide's chapters, read once from `guide.md`."""
    _, *sections = SOURCE.read_text(encoding="utf-8").split("\n## ")
    return [chapter(section) for section in sections]


def chapter(section: str) -> Chapter:
    """The chapter for a section such as `B. When a case is needed` and its lines."""
    heading, _, rest = section.partition("\n")
    letter, _, title = heading.partition(". ")
    lines = rest.strip().split("\n")
    opening = "\n".join(line for line in lines if not LINE.match(line))
    return Chapter(
        letter=letter,
        title=title,
        # The guide is the project's own text, not something a person typed.
        opening=Markup(_markdown.render(opening)),  # noqa: S704 - our own page
        procedures=[
            Procedure(found["number"], Markup(_markdown.renderInline(found["text"])))  # noqa: S704 - our own page
            for found in map(LINE.match, lines)
            if found
        ],
    )
