"""Questions in Jira's query language: nothing that was typed becomes part of the language."""

from __future__ import annotations

import re
from collections.abc import Sequence

WORD = re.compile(r"\w+")
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]+-[1-9][0-9]{0,9}")
PROJECT = re.compile(r"[A-Z][A-Z0-9_]+")
OPEN = "statusCategory != Done"
MOST_WORDS = 12


def key_in(typed: str) -> str:
    """The ticket's key that was typed, in capitals; empty where it is something else."""
    typed = typed.strip()
    return typed.upper() if KEY.fullmatch(typed) else ""


def words_in(typed: str) -> list[str]:
    """The words to look for. What Jira's text search reserves (`+ - & | ! ( ) { } [ ] ^ ~ * ? \\ :`
    and quotes) separates words there too, and its index does not hold it: it is left out."""
    return WORD.findall(typed.replace("_", " "))[:MOST_WORDS]


def open_with(words: Sequence[str], projects: Sequence[str]) -> str:
    """Open tickets with all the words, the last of which may still be being typed; those changed
    last come first."""
    text = " ".join(words)
    parts = [in_projects(projects), OPEN]
    if text:
        # A word with a wildcard is not stemmed: each way finds what the other misses.
        parts.append(f"(text ~ {quoted(text)} OR text ~ {quoted(text + '*')})")
    return " AND ".join(part for part in parts if part) + " ORDER BY updated DESC"


def in_projects(projects: Sequence[str]) -> str:
    """The restriction to some projects; empty for none."""
    return f"project in ({', '.join(map(quoted, projects))})" if projects else ""


def with_ids(ids: Sequence[str]) -> str:
    """The tickets with these IDs, which are numbers."""
    return f"id in ({', '.join(str(int(one)) for one in ids)})"


def quoted(text: str) -> str:
    """A text as one operand."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
