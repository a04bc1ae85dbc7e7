"""The words of what somebody typed, and how the index of names and addresses is asked for them:
each by its beginning, in any order (D2, V4).

In that index a word stands as it is, with its first letter and first two as `H.` and `HR.`, and
behind a point where it belongs to a place, a phone or a mail address (search 0005).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

LONGEST = 100  # characters
MOST_WORDS = 12
PLACE = "."  # stands before a word of an address

_WORD = re.compile(r"[^\W_]+")
#: Letters that fold into an apostrophe or a colon.
_MARKS = str.maketrans(dict.fromkeys("ʹʺʻʼʽˆˈˋː", "'") | {"ŉ": "n"})

#: How streets are shortened: who types the one also finds the other.
_SHORTENED = (
    "ALLEY ALY", "AVENUE AVE AV", "BOULEVARD BLVD", "CIRCLE CIR", "COURT CT", "COVE CV",
    "CROSSING XING", "DRIVE DR", "EAST E", "EXPRESSWAY EXPY", "FORT FT", "HEIGHTS HTS",
    "HIGHWAY HWY", "LANE LN", "MOUNT MT", "NORTH N", "PARKWAY PKWY", "PLACE PL", "PLAZA PLZ",
    "POINT PT", "ROAD RD", "ROUTE RTE", "SAINT ST", "SOUTH S", "SQUARE SQ", "STREET ST",
    "TERRACE TER", "TRAIL TRL", "WEST W",
)  # fmt: skip
_WAYS: dict[str, set[str]] = {}
for _each in map(str.split, _SHORTENED):
    for _way in _each:
        _WAYS.setdefault(_way, set()).update(_each)

#: What people write around a name, which need not stand in it.
NOISE = frozenset(
    "MR MRS MS MISS MX DR PROF SIR JR SR AND THE OF INC INCORPORATED LLC LLP LTD LIMITED CO CORP"
    " CORPORATION COMPANY GMBH CASE CONTRACT ACCOUNT HOMEOWNER CUSTOMER INSTALLER CONTACT NAME"
    " PHONE TEL CELL MOBILE EMAIL MAIL ADDRESS".split()
)


def plain(text: str) -> str:
    """What was typed in one line, in one form, without what PostgreSQL cannot hold."""
    text = unicodedata.normalize("NFC", text.replace("\x00", " ")[: 4 * LONGEST])
    return " ".join(text.encode("utf-8", "ignore").decode().split())[:LONGEST]


def words_of(text: str) -> list[str]:
    """Its words in capitals, each once."""
    found = _WORD.findall(text.translate(_MARKS).upper().translate(_MARKS))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def begins(word: str, sign: str = "") -> str:
    """The term that a word begins so."""
    return f"'{sign}{word}.'" if len(word) < 3 else f"'{sign}{word}':*"


def whole(words: Sequence[str]) -> str:
    """The question for names which have all these words as they are."""
    return " & ".join(f"'{word}'" for word in words)


def named(words: Sequence[str]) -> str:
    """The question for names whose words begin so."""
    return " & ".join(map(begins, words))


def placed(words: Sequence[str]) -> str:
    """The question for addresses whose words begin so. A number is that number unless it is the
    last word, which somebody may still be typing."""
    return " & ".join(f"({' | '.join(_at_place(word, words))})" for word in words)


def anywhere(words: Sequence[str]) -> str:
    """The question for those whose name, address, phone or mail address together have all words."""
    return " & ".join(f"({' | '.join([begins(word), *_at_place(word, words)])})" for word in words)


def among(choices: Sequence[Sequence[str]]) -> str:
    """The question for those who have, for each place, one of its words, wherever."""
    return " & ".join(
        f"({' | '.join(term for word in each for term in (begins(word), begins(word, PLACE)))})"
        for each in choices
    )


def _at_place(word: str, words: Sequence[str]) -> list[str]:
    if word.isdecimal() and word != words[-1]:
        return [f"'{PLACE}{word}'"]
    ways = sorted(_WAYS.get(word, set()) - {word})
    return [begins(word, PLACE), *(f"'{PLACE}{way}'" for way in ways)]


def said(words: Sequence[str]) -> list[str]:
    """The words without those that need not stand in a name; all where nothing would be left."""
    return [word for word in words if word not in NOISE] or list(words)
