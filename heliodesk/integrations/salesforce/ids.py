"""Salesforce's record IDs."""

from __future__ import annotations

import re
from string import ascii_uppercase

_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?")
_DIGIT = re.compile(r"\d")
_SUFFIX = ascii_uppercase + "012345"


def eighteen(text: str) -> str:
    """A 15-character ID with the three characters that make it safe where case is lost; anything
    else, such as the ID of another system or a name without any digit, as it is."""
    if len(text) != 15 or not _ID.fullmatch(text) or not _DIGIT.search(text):
        return text
    chunks = (text[start : start + 5] for start in (0, 5, 10))
    return text + "".join(
        _SUFFIX[sum(1 << place for place, letter in enumerate(chunk) if letter in ascii_uppercase)]
        for chunk in chunks
    )
