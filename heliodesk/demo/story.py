"""The stories that demo cases tell: for each subtype, fragments of what people say and write.

A file in `stories/` is one request type: its name on the first line, then `# subtype` and the
fragments under it, one a line, each marked by what it is for (see `MARKS`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "stories"
MARKS = {
    "?": "said",  # how the case description opens
    "+": "detail",  # a fact that stands beside it
    ">": "work",  # a post of the agent who works it
    "@": "asked",  # question to a colleague => the colleague's answer
    "<": "customer",  # what the customer says later
    ".": "done",  # how it ended
    "~": "pending",  # what is awaited | whose action it is
}


@dataclass
class Story:
    """The fragments of one subtype."""

    request_type: str
    subtype: str
    said: list[str] = field(default_factory=list)
    detail: list[str] = field(default_factory=list)
    work: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    customer: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def fragments(self) -> Iterator[str]:
        """Every fragment, in the order of the marks."""
        for name in MARKS.values():
            yield from getattr(self, name)


def stories() -> list[Story]:
    """Every story, in the order of files and lines; ValueError for a line without a mark."""
    return [
        story
        for path in sorted(FOLDER.glob("*.txt"))
        for story in read(path.read_text(encoding="utf-8"))
    ]


def read(text: str) -> Iterator[Story]:
    """The stories of one file."""
    request_type, *lines = [line for line in text.splitlines() if line]
    story: Story | None = None
    for line in lines:
        mark, _, rest = line.partition(" ")
        if mark == "#":
            if story:
                yield story
            story = Story(request_type, rest)
        elif story is None or mark not in MARKS:
            raise ValueError(f"{request_type}: {line!r} has no mark")
        else:
            getattr(story, MARKS[mark]).append(rest)
    if story:
        yield story
