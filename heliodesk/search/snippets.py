"""A piece of a text with the words marked that were asked for, as safe markup (V4)."""

from __future__ import annotations

import re
from collections.abc import Collection

from markupsafe import Markup, escape

LENGTH = 260  # characters of the piece
BEFORE = 50  # of them before the first marked word

_WORD = re.compile(r"[^\W_]+")


def snippet(said: str, words: Collection[str]) -> Markup:
    """The piece of `said` that has most of `words` (in lower case), each in <mark>; everything
    else is escaped."""
    text = " ".join(said.split())
    marks = [match.span() for match in _WORD.finditer(text) if match[0].lower() in words]
    start, end = window(len(text), [at for at, _ in marks])
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    pieces, at = [Markup("… ") if start else Markup()], start
    for left, right in marks:
        if start <= left and right <= end:
            pieces += [escape(text[at:left]), Markup("<mark>{}</mark>").format(text[left:right])]
            at = right
    pieces.append(escape(text[at:end]))
    return Markup().join(pieces) + ("" if end >= len(text) else " …")


def window(length: int, marks: list[int]) -> tuple[int, int]:
    """Where the piece begins and ends: around as many marks as fit, the first such place."""
    if length <= LENGTH or not marks:
        return 0, min(length, LENGTH)
    room = LENGTH - BEFORE
    best = max(marks, key=lambda at: (sum(at <= other < at + room for other in marks), -at))
    start = max(0, min(best - BEFORE, length - LENGTH))
    return start, min(length, start + LENGTH)
