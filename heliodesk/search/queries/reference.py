"""Which record a pasted text points at: an address of the desk, the subject of a mail, the title of
a page, a number among other words (V4)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from heliodesk.directory.queries.finding_known import Customer

_ADDRESSES = (
    re.compile(r"/cases/(\d{1,18})(?![^/?#\s])"),
    re.compile(r"/contracts/([^/?#\s]+)"),
)
_CUSTOMER = re.compile(r"/(account|contact)s/(\d{1,18})(?![^/?#\s])")
_BEFORE = r"^(?:(?:re|fwd?|fw)\s*:\s*|[^\w#])*"
_NUMBER = r"\s*(?:number|no\b\.?|nr\b\.?|id)?\s*[:#]*\s*"
_CASE = re.compile(rf"{_BEFORE}(?:case{_NUMBER}|#\s*)(\d{{3,18}})\b", re.IGNORECASE)
_CONTRACT = re.compile(
    rf"{_BEFORE}contract{_NUMBER}([a-z]{{0,6}}[ -]?\d[\w-]*)(?=[\s,;:()]|$)", re.IGNORECASE
)
#: Case numbers are written with eight digits; one in a row of other digits is none.
_MENTIONED = re.compile(r"(?<![\w.+-])0\d{7}(?![\w-])")


def pointed_at(text: str) -> str:
    """The number or ID that the text is about; the text itself where it is about no single one."""
    for address in _ADDRESSES:
        if found := address.search(text):
            return unquote(found[1]).replace("\x00", "")
    found = _CASE.search(text) or _CONTRACT.search(text)
    return found[1] if found else text


def customer_at(text: str) -> Customer | None:
    """The account or contact whose address stands in the text."""
    found = _CUSTOMER.search(text)
    return Customer(found[1], int(found[2])) if found else None


def mentioned(text: str) -> int:
    """The case number that stands among other words; 0 for none."""
    found = _MENTIONED.search(text)
    return int(found[0]) if found else 0
