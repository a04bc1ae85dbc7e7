"""What somebody typed, as full text asks it: words, "phrases", -without, and the last word's
beginning (V4). Nothing that one can type is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 200  # characters
MOST_TERMS = 12
BEGINS_FROM = 3  # letters of a last word which may be the beginning of a longer one

_TERM = re.compile(r'(?P<without>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"[DLMNO][A-Z][a-z]{2,}")  # OBrien, DAngelo
_MAYBE_ELIDED = re.compile("[dlmno][a-z]{3,}", re.IGNORECASE)  # obrien, but order too
#: A word as it is; also in two where some name goes on behind its first letter.
ALONE = "phraseto_tsquery('desk_english', %s)"
APART = f"""CASE WHEN EXISTS (SELECT FROM directory_nameword WHERE word = desk_folded(%s))
    AND numnode({ALONE}) > 0 THEN websearch_to_tsquery('desk_english', %s) ELSE {ALONE} END"""
_BETWEEN = re.compile(r" <(?:-|\d+)> ")  # the words of a phrase


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that stand in this order; `begins`: the last may go on."""

    words: tuple[str, ...]
    without: bool = False
    begins: bool = False

    def sql(self) -> tuple[str, list[str]]:
        """The expression that makes the term a tsquery, with its parameters. OBrien is also looked
        for as it is written with its sign: as two words. So is obrien, where Brien is a name."""
        said = " ".join(self.words)
        apart = f'{said} or "{said[:1]} {said[1:]}"'
        if _ELIDED.fullmatch(said):
            return "websearch_to_tsquery('desk_english', %s)", [apart]
        if _MAYBE_ELIDED.fullmatch(said):
            return APART, [said[1:], said, apart, said]
        return ALONE, [said]


def terms(typed: str) -> list[Term]:
    """The terms of what was typed, at most `MOST_TERMS`; C-10023 is a phrase of its parts."""
    text = plain(typed)
    found = [term for match in _TERM.finditer(text) if (term := _term(match))]
    if found and not text.endswith(('"', "-")) and typed[-1:].isalnum() and _goes_on(found[-1]):
        found[-1] = Term(found[-1].words, begins=True)
    return found[:MOST_TERMS]


def plain(typed: str) -> str:
    """What was typed in one line, at most `LONGEST` characters of it, without what PostgreSQL
    cannot hold."""
    text = unicodedata.normalize("NFC", typed.replace("\x00", " ")[: 4 * LONGEST])
    text = text.encode("utf-8", "ignore").decode()  # lone surrogates are no text
    return " ".join(text.split())[:LONGEST]


def _term(match: re.Match[str]) -> Term | None:
    words = _WORD.findall(match["phrase"] if match["word"] is None else match["word"])
    return Term(tuple(words), without=bool(match["without"])) if words else None


def _goes_on(term: Term) -> bool:
    return not term.without and len(term.words[-1]) >= BEGINS_FROM


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as PostgreSQL takes it; empty where nothing is asked for. `begins` is the same
    with the last word taken as a beginning, for where no text has the word itself; "" where that
    makes no sense. `marks` finds the words to mark."""

    query: str = ""
    begins: str = ""
    marks: str = ""


def asked(terms: Sequence[Term], found: Sequence[str]) -> Asked:
    """The question of the terms, whose lexemes are `found`: "" for those too common to say
    anything. Without one term that says something nothing is asked."""
    said = list(zip(terms, found, strict=True))
    wanted = [(term, lexemes) for term, lexemes in said if lexemes and not term.without]
    if not wanted:
        return Asked()
    unwanted = [f"!({lexemes})" for term, lexemes in said if lexemes and term.without]
    words = [lexemes for _, lexemes in wanted]
    longer = [_beginning(lexemes) if term.begins else lexemes for term, lexemes in wanted]
    begins = longer if longer != words else []
    return Asked(
        _all(words, unwanted),
        _all(begins, unwanted) if begins else "",
        " | ".join(f"({each})" for lexemes in begins or words for each in _BETWEEN.split(lexemes)),
    )


def _beginning(lexemes: str) -> str:
    return " | ".join(f"{each}:*" for each in lexemes.split(" | "))


def _all(words: Sequence[str], unwanted: Sequence[str]) -> str:
    return " & ".join([*(f"({lexemes})" for lexemes in words), *unwanted])
