"""What somebody typed, as it counts: a text that nobody can see says nothing."""

from __future__ import annotations

import unicodedata

#: Separators, and characters for control and format, such as the zero-width space.
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
#: What Unicode counts as letters, marks or signs, and what shows nothing all the same.
_BLANK = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
    + "".join(map(chr, range(0xE0100, 0xE01F0)))
)


def trimmed(text: str) -> str:
    """The text without blanks around it; "" where there is nothing in it that one can see.

    Within a text such characters stay: emoji and several scripts are made with them.
    """
    return "" if is_blank(text) else text.strip()


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen."""
    return all(char in _BLANK or unicodedata.category(char) in _UNSEEN for char in text)
