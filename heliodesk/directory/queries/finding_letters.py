"""The condition that a text has the letters of words, also within its own, by trigrams (V4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SELECTIVE = 5  # letters of a word that few have
#: Each word behind a space, also the first, and the parts of O'Brien and Smith-Jones.
PARTED = "(' ' || translate({}, '''-.,/', '     '))"


def having(of: str, words: Sequence[Sequence[str]], prefix: str) -> tuple[str, dict[str, Any]]:
    """The condition that `of` has, for each place, one of its words. One or two letters count as
    the beginning of a word: nearly every row has such, so that the index is not asked for them
    where it need not be."""
    conditions: list[str] = []
    values: dict[str, Any] = {}
    indexed = _indexed(words)
    for at, alternatives in enumerate(words):
        either = []
        for number, word in enumerate(alternatives):
            key = f"{prefix}{at}_{number}"
            if len(word) < 3 and word not in indexed:
                condition, value = _filter(of, [word], key)
                either.append(condition)
                values |= value
                continue
            patterns = [f"%{word}%"] if len(word) >= 3 else [f"{word}%", f"% {word}%"]
            for which, pattern in enumerate(patterns):
                values[f"{key}_{which}"] = pattern
                either.append(f"{of} LIKE desk_folded(%({key}_{which})s)")
        conditions.append(f"({' OR '.join(either)})")
    return " AND ".join(conditions), values


def _filter(of: str, words: Sequence[str], prefix: str) -> tuple[str, dict[str, Any]]:
    """The condition that words of `of` begin so, for which no index is asked."""
    values = {f"{prefix}_{at}": f"% {word}%" for at, word in enumerate(words)}
    parted = PARTED.format(of)
    conditions = [f"{parted} LIKE desk_folded(%({key})s)" for key in values]
    return " AND ".join(conditions) or "true", values


def _indexed(words: Sequence[Sequence[str]]) -> Sequence[str]:
    """The one short word that the index is asked for: a number, or what narrows where the others
    are short too."""
    every = sorted((word for each in words for word in each), key=len, reverse=True)
    short = [word for word in every if len(word) < 3]
    numbers = [word for word in short if word.isdecimal() and len(word) == 2]
    return (numbers or (short if max(map(len, every), default=0) < SELECTIVE else []))[:1]
