"""Addresses by name come out as Django's own."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch, reverse

from heliodesk.core.addresses import address, parts_of


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


def test_what_is_no_address_has_no_parts() -> None:
    assert parts_of("/cases/?sort=number").query == "sort=number"
    assert not any(parts_of("//[/cases/?sort=number"))
