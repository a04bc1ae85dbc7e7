"""Names of files: cleaned, judged by their ending, and what they may be opened as (G1, G2)."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

LONGEST = 255  # characters, ending included
UNNAMED = "file"
#: What browsers show by themselves, inside of the desk's walls, without running anything of the
#: desk's: all else is downloaded.
SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
ANYTHING = "application/octet-stream"

_PATHS = re.compile(r".*[/\\]", re.DOTALL)
_UNKEPT = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean(name: str) -> str:
    """The name without folders, control and direction characters, and not too long."""
    plain = unicodedata.normalize("NFC", _PATHS.sub("", name))
    shown = "".join(sign for sign in plain if unicodedata.category(sign) not in _UNKEPT)
    words = " ".join(shown.split()).strip(". ")
    if not words:
        return UNNAMED
    if len(words) <= LONGEST:
        return words
    stem, dot, last = words.rpartition(".")
    if not dot or len(last) > 20:
        return words[:LONGEST]
    return stem[: LONGEST - len(last) - 1] + "." + last


def ending(name: str) -> str:
    """What stands behind the last dot of a cleaned name, in lower case; empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def content_type(name: str) -> str:
    """The type that the name's ending speaks of; what a browser claims is never believed."""
    return mimetypes.guess_type(name, strict=True)[0] or ANYTHING


def is_shown(name: str) -> bool:
    """Whether a file of this name opens in the browser, rather than being downloaded."""
    return content_type(name) in SHOWN_INLINE


def size_in_words(size: int) -> str:
    """`900 bytes`, `12 KB`, `3.4 MB`."""
    if size < 1024:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < 1024**2:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024**2:.1f} MB"
