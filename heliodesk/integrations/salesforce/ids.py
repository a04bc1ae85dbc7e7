"""Salesforce's record IDs."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase, ascii_uppercase, digits

#: A capital letter is a 1, anything else a 0; five of them, the last first, number a character.
_BITS = str.maketrans(
    ascii_uppercase + ascii_lowercase + digits,
    "1" * len(ascii_uppercase) + "0" * len(ascii_lowercase + digits),
)
_SUFFIX = {
    "".join(reversed(bits)): letter
    for bits, letter in zip(product("01", repeat=5), ascii_uppercase + "012345", strict=True)
}


def eighteen(text: str) -> str:
    """A 15-character ID with the three characters that make it safe where case is lost; anything
    else, such as the ID of another system or a name without any digit, as it is."""
    if len(text) != 15 or not text.isascii() or not text.isalnum() or text.isalpha():
        return text
    bits = text.translate(_BITS)
    return text + _SUFFIX[bits[:5]] + _SUFFIX[bits[5:10]] + _SUFFIX[bits[10:]]
