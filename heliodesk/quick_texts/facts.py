"""The facts that a quick text may hold in braces, and filling them in (W3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: What may stand in braces, and what it is.
FACTS = {
    "case": "the case number",
    "customer": "the customer's name",
    "contact": "the contact's name",
    "address": "the property address",
    "contract": "the contract ID",
    "installer": "the Associated Installer",
    "type": "the request type",
    "subtype": "the request subtype",
    "owner": "the case owner",
    "me": "your own name",
    "today": "today's date",
}
FACT = re.compile(r"\{([a-z]+)\}")


def unknown_facts(text: str) -> list[str]:
    """The names in braces that are no facts, in their order."""
    return [name for name in dict.fromkeys(FACT.findall(text)) if name not in FACTS]


def filled_in(text: str, facts: Mapping[str, str]) -> str:
    """The text with its facts; one that the case does not have stays in its braces, so that the
    gap is seen and not sent unnoticed."""
    return FACT.sub(lambda found: facts.get(found[1]) or found[0], text)
