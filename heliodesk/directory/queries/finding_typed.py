"""What a typed or pasted text says that somebody may be found by: words, an ID, a phone, a mail
address (D2, V4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from heliodesk.directory.phones import digits
from heliodesk.directory.queries.finding_words import plain, words_of

PHONE_FROM = 4  # digits
ID_DIGITS_FROM = 3  # digits of an ID
LAST = chr(0x10FFFF)  # sorts behind every other letter

_PHONE = re.compile(r"(?<![\w-])\+?\d?[ .-]?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\d)")
_EXTENSION = re.compile(r"\s*(?:,|;|\bext\b\.?|x)\s*\d{1,6}$", re.IGNORECASE)
_AMERICA = re.compile(r"^(?:\+|00)?1(?=[ .(-]+\d|\d{10}$)|^001(?=\d)|^\+1(?=\d)")
_SCHEME = re.compile(r"^\s*(?:mailto|tel):", re.IGNORECASE)
_MAIL = re.compile(r"[^\s<>,;:()\[\]\"]+@[^\s<>,;:()\[\]\"]*")
_DOMAIN = re.compile(r"@?((?:[\w-]+\.)+[a-z]{2,}|(?<=@)[\w.-]{2,})", re.IGNORECASE)
_ID_WITHIN = re.compile(r"(?<![\w@.-])[a-z]{1,6}-?\d{2,}[\w-]*", re.IGNORECASE)
_ID = re.compile(r"([a-z]{0,4})[ _./-]*(\d[\d -]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """The text in one line, its words in capitals, and what it holds; "" where it holds none."""

    text: str
    words: list[str]
    number: str = ""  # the digits of a phone, without the country of America
    mail: str = ""  # a mail address, or how it begins
    domain: str = ""  # what stands behind its @
    id_digits: str = ""  # of an ID that may be written otherwise; all of them, without letters
    ids: Sequence[str] = ()  # the text, and what looks like an ID in it, in capitals

    @property
    def has_digits(self) -> bool:
        """Whether a job's ID may be meant."""
        return any(map(str.isdigit, self.text))

    @property
    def is_house(self) -> bool:
        """Whether it begins with the number of a house."""
        return len(self.words) > 1 and self.text[0].isdecimal() and not self._is_of_digits

    @property
    def has_place(self) -> bool:
        """Whether addresses may have it: a word of some length, or a postal code."""
        if self._is_of_digits:
            return len(self.words) == 1 and len(self.words[0]) >= PHONE_FROM
        return not self.domain and any(len(word) > 2 for word in self.words)

    @property
    def _is_of_digits(self) -> bool:
        return all(map(str.isdecimal, self.words))

    def values(self) -> dict[str, Any]:
        """The text as the statements compare it."""
        bare = "".join(re.findall("[A-Z0-9]", self.text.upper()))
        return {
            "upper": self.text.upper(),
            "z": LAST,
            "number": self.number,
            "digits": f"%{self.number}%",
            "mail": self.mail.lower(),
            "mail_within": f"%{literal(self.mail.lower())}%",
            "domain": self.domain.lower(),
            "domain_within": f"'{self.domain.lower()}':*",
            "ids": list(self.ids),
            "id_digits": self.id_digits,
            "id_last": self.id_digits + ("" if bare.isdecimal() else LAST),
            "id_bare": f"%{bare}%" if bare.isdecimal() else f"{bare}%",
        }


def typed(text: str) -> Typed:
    """What the text says."""
    text = plain(_SCHEME.sub("", text))
    mail, domain = _mail(text), _DOMAIN.fullmatch(text)
    return Typed(
        text,
        words_of(text),
        number=_number(text),
        mail=mail,
        domain=domain[1] if domain else "",
        id_digits=id_digits(text),
        ids=[text.upper(), *(found.upper() for found in _ID_WITHIN.findall(text))],
    )


def id_digits(text: str) -> str:
    """The digits of a text that may be an ID without its sign, or without its letters."""
    found = _ID.fullmatch(text)
    number = digits(found[2]) if found else ""
    return number if len(number) >= ID_DIGITS_FROM else ""


def literal(text: str) -> str:
    """The text for LIKE, standing for itself."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _number(text: str) -> str:
    """The digits of the phone that the text is, begins, or has among other words."""
    main = _EXTENSION.sub("", text)
    if re.search(r"[^\W\d_]|@", main):
        within = _PHONE.search(text)
        main = within[0].strip() if within else ""
    number = digits(_AMERICA.sub("", main, count=1))
    return number if len(number) >= PHONE_FROM else ""


def _mail(text: str) -> str:
    within = _MAIL.search(text)
    if within and not within[0].startswith("@"):
        return within[0].rstrip(".")
    return text if " " not in text and len(text) >= 3 else ""
