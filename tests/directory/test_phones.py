"""Phone numbers read as the desk writes them."""

from __future__ import annotations

import pytest

from heliodesk.directory.phones import digits, written


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("6195550143", "(619) 555-0143"),
        ("+1 619.555.0143", "(619) 555-0143"),
        ("1-619-555-0143", "(619) 555-0143"),
        (" (619)  555-0143 ", "(619) 555-0143"),
        ("619-555-0143 x12", "(619) 555-0143 ext. 12"),
        ("619-555-0143 ext. 12", "(619) 555-0143 ext. 12"),
        ("(619) 555-0143 ext. 12", "(619) 555-0143 ext. 12"),
        ("555-0143", "555-0143"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("+6195550143", "+6195550143"),
        ("1195550143", "1195550143"),
        ("call 619-555-0143", "call 619-555-0143"),
        ("", ""),
    ],
)
def test_a_number_is_written_one_way(typed: str, kept: str) -> None:
    assert written(typed) == kept
    assert written(kept) == kept


def test_digits_alone_are_compared() -> None:
    assert digits("(619) 555-0143 ext. 12") == "619555014312"
