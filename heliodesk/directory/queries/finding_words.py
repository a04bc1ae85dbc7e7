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
_ELIDED = re.compile(r"[DLMNO][A-Z]{3,}")
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
_AROUND = (
    "MR MRS MS MISS MX DR PROF SIR JR SR AND THE OF INC INCORPORATED LLC LLP LTD LIMITED CO CORP",
    "CORPORATION COMPANY GMBH CASE CONTRACT ACCOUNT HOMEOWNER CUSTOMER INSTALLER CONTACT NAME",
    "PHONE TEL CELL MOBILE EMAIL MAIL ADDRESS",
)
NOISE = frozenset(word for line in _AROUND for word in line.split())


def plain(text: str) -> str:
    """What was typed in one line, in one form, without what PostgreSQL cannot hold."""
    text = unicodedata.normalize("NFC", text.replace("\x00", " ")[: 4 * LONGEST])
    return " ".join(text.encode("utf-8", "ignore").decode().split())[:LONGEST]


def words_of(text: str) -> list[str]:
    """Its words in capitals, each once."""
    found = _WORD.findall(text.translate(_MARKS).upper().translate(_MARKS))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def written(word: str) -> list[str]:
    """The ways in which the word may be written: OBRIEN also as O'BRIEN."""
    return [word, f"{word[0]}'{word[1:]}"] if _ELIDED.fullmatch(word) else [word]


def begins(word: str, sign: str = "") -> str:
    """The term that a word begins so."""
    return f"'{sign}{word}.'" if len(word) < 3 else f"'{sign}{word}':*"


def whole(words: Sequence[str]) -> str:
    """The question for names which have all these words as they are."""
    return " & ".join(f"'{word}'" for word in words)


def named(words: Sequence[str]) -> str:
    """The question for names whose words begin so."""
    return " & ".join(map(begins, words))


def placed(words: Sequence[str], *, half: bool = False) -> str:
    """The question for addresses that have these words, of which the last may be the beginning of
    one; with `half` each may, which takes longer. A number that is not the last is that number."""
    return " & ".join(f"({' | '.join(_at_place(word, words, half))})" for word in words)


def anywhere(words: Sequence[str], *, half: bool = False) -> str:
    """The same for those whose name, address, phone and mail address together have all words."""
    return " & ".join(
        f"({' | '.join([_term(word, words, half), *_at_place(word, words, half)])})"
        for word in words
    )


def among(choices: Sequence[Sequence[str]], signs: Sequence[str] = ("",)) -> str:
    """The question for those who have, for each place, one of its words behind one of the signs."""
    last = choices[-1]
    return " & ".join(
        f"({' | '.join(_either(word, sign, each is last) for word in each for sign in signs)})"
        for each in choices
    )


def _either(word: str, sign: str, last: bool) -> str:
    return begins(word, sign) if last or not word.isdecimal() else f"'{sign}{word}'"


def _at_place(word: str, words: Sequence[str], half: bool) -> list[str]:
    ways = sorted(_WAYS.get(word, set()) - {word})
    return [_term(word, words, half, PLACE), *(f"'{PLACE}{way}'" for way in ways)]


def _term(word: str, words: Sequence[str], half: bool, sign: str = "") -> str:
    last = word == words[-1]
    return begins(word, sign) if last or (half and not word.isdecimal()) else f"'{sign}{word}'"


def said(words: Sequence[str]) -> list[str]:
    """The words without those that need not stand in a name; all where nothing would be left."""
    return [word for word in words if word not in NOISE] or list(words)
