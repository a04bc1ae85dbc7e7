"""Locking the rows of several cases before each is changed by its own rule."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases import access
from heliodesk.cases.locks import lock_rows, locked_ahead
from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_row_locked_ahead_is_given_once_and_then_read_anew(
    company: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mine, other = cast.case(company), cast.case(company, owner_queue=company.homeowner_queue)
    with django_assert_num_queries(1):
        rows = lock_rows([mine.pk, other.pk], waiting=True)
    with locked_ahead(rows):
        with django_assert_num_queries(0):
            assert access.lock(mine) is rows[mine.pk]
            assert rows[other.pk].owner_queue == company.homeowner_queue
            assert rows[mine.pk].owner_agent == company.frank
        with django_assert_num_queries(1):
            assert access.lock(mine) is not rows[mine.pk]
    with django_assert_num_queries(1):
        assert access.lock(other) is not rows[other.pk]
