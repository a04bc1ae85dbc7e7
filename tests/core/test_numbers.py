"""Whole numbers from addresses and forms."""

from __future__ import annotations

import pytest

from heliodesk.core.numbers import LARGEST, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("00010001", 10001),
        (str(LARGEST), LARGEST),
        ("0" * 5000 + "7", 7),
        (str(LARGEST + 1), None),
        ("9" * 5000, None),
        ("", None),
        ("-1", None),
        ("1.0", None),
        ("٣", None),
        ("²", None),
        ("1\x00", None),
    ],
)
def test_only_what_postgresql_holds_is_a_number(text: str, number: int | None) -> None:
    assert whole(text) == number
