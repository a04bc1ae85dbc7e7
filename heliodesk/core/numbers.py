"""Whole numbers as they stand in addresses and forms, where anything may stand."""

from __future__ import annotations

LARGEST = 2**63 - 1  # what PostgreSQL holds in a key
DIGITS = len(str(LARGEST))


def whole(text: object) -> int | None:
    """The whole number from 0 to `LARGEST` that the text is; None for anything else."""
    digits = str(text)
    if not (digits.isascii() and digits.isdecimal()):
        return None
    digits = digits.lstrip("0") or "0"
    # More digits than fit are not even read: Python refuses to for thousands of them.
    found = int(digits) if len(digits) <= DIGITS else LARGEST + 1
    return found if found <= LARGEST else None
