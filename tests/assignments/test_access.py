"""Which assignments one may see, by which numbers (K6), and whose they are (A4)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.access import get_assignment, is_of_department, visible_assignments
from heliodesk.core.refusal import NotFound
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_it_is_found_by_its_number_in_any_way_of_writing(company: Cast) -> None:
    made = cast.assignment(company, cast.case(company))
    frank = actor(company.frank)
    for number in (str(made), str(made).lower(), f" {made} ", str(made.pk), made.pk):
        assert get_assignment(number, by=frank) == made


@pytest.mark.parametrize("number", ["", "CA-", "CA-x", "-1", "0", "CA-99999999999999999999", "١"])
def test_anything_else_is_not_found(company: Cast, number: str) -> None:
    with pytest.raises(NotFound, match="There is no case assignment") as refused:
        get_assignment(number, by=actor(company.frank))
    assert refused.value.rule == "K6"


def test_one_on_a_case_that_one_may_not_see_is_not_found_either(company: Cast) -> None:
    made = cast.assignment(company, cast.case(company))
    with pytest.raises(NotFound):
        get_assignment(made.pk, by=actor(company.oscar))
    assert not visible_assignments(actor(company.oscar)).exists()


def test_who_sees_the_case_sees_all_its_assignments(company: Cast) -> None:
    case = cast.case(company)
    sales = cast.assignment(company, case)
    legal = cast.assignment(company, case, department=company.legal, reason=company.legal_reason)
    cast.assignment(company, cast.case(company))
    oscar = actor(company.oscar)
    assert set(visible_assignments(oscar)) == {sales, legal}
    assert [is_of_department(made, oscar) for made in (sales, legal)] == [False, True]
