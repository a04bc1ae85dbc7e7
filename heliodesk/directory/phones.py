"""Phone numbers as the desk writes and finds them."""

from __future__ import annotations

import re

_EXTENSION = re.compile(r"(.*?)\s*(?:,|;|\bext\b\.?|\bx)\s*(\d{1,6})$", re.IGNORECASE | re.DOTALL)
_NORTH_AMERICAN = re.compile(r"1?([2-9]\d{2})([2-9]\d{2})(\d{4})")


def digits(text: str) -> str:
    """The digits of `text` alone."""
    return re.sub(r"\D", "", text)


def written(text: str) -> str:
    """A number of the United States as `(619) 555-0143`, its extension behind as ` ext. 12`;
    any other number as it was typed."""
    text = " ".join(text.split())
    split = _EXTENSION.fullmatch(text)
    main, extension = (split[1], split[2]) if split else (text, "")
    national = _NORTH_AMERICAN.fullmatch(digits(main))
    foreign = main.startswith("+") and not main.startswith("+1")
    if not national or foreign or re.search(r"[A-Za-z]", main):
        return text
    number = "({}) {}-{}".format(*national.groups())
    return f"{number} ext. {extension}" if extension else number
