"""Addresses by name come out as Django's own."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from heliodesk.core.addresses import address


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("case", ("00000042",)),
        ("case", (42,)),
        ("contract", ("C-100/ü",)),
        ("accounts", ()),
        ("account_logout", ()),
        ("set_up", ()),
        ("queue", ("a-queue",)),
    ],
)
def test_an_address_is_the_one_that_django_gives(name: str, args: tuple[object, ...]) -> None:
    try:
        expected = reverse(name, args=args)
    except NoReverseMatch:
        with pytest.raises(NoReverseMatch):
            address(name, *args)
    else:
        assert address(name, *args) == expected


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("case", ()),
        ("case", ("no number",)),
        ("case", (1, 2)),
        ("nowhere", ()),
        ("queue", ("a/b",)),
    ],
)
def test_what_no_view_answers_has_no_address(name: str, args: tuple[object, ...]) -> None:
    with pytest.raises(NoReverseMatch):
        address(name, *args)
