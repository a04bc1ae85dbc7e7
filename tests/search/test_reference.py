"""A pasted text points at the record that it is about (V4)."""

from __future__ import annotations

import pytest

from heliodesk.search.queries.reference import mentioned, pointed_at


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Case 00976194 (homeowner Petar)", "00976194"),
        ("FWD: Re: [Case #00976194] meter", "00976194"),
        ("case number: 976194", "976194"),
        ("#976194 autopay", "976194"),
        ("http://desk/cases/00976194", "00976194"),
        ("look: http://desk/cases/00976194/?item=5#item-5 please", "00976194"),
        ("http://desk/contracts/C%2D7/", "C-7"),
        ("Contract C-100003, Ann Lee", "C-100003"),
        ("contract no 100003", "100003"),
        ("Case Solar 100", "Case Solar 100"),
        ("Contract Builders 7", "Contract Builders 7"),
        ("Casey 1234", "Casey 1234"),
        ("/cases/new/", "/cases/new/"),
        ("Petar Hrdlička", "Petar Hrdlička"),
    ],
)
def test_a_text_points_at_one_record_or_means_itself(text: str, meant: str) -> None:
    assert pointed_at(text) == meant


@pytest.mark.parametrize(
    ("text", "number"),
    [("autopay 00976194 again", 976194), ("(00976194)", 976194), ("301-00976194", 0),
     ("x00976194", 0), ("009761945", 0), ("10976194", 0), ("", 0)],
)  # fmt: skip
def test_a_case_number_among_words_has_eight_digits(text: str, number: int) -> None:
    assert mentioned(text) == number
