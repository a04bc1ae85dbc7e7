"""Keeping how somebody wants a list: for them alone, and what no list takes."""

from __future__ import annotations

import pytest

from heliodesk.core.refusal import Refused
from heliodesk.list_views.models import ListLayout
from heliodesk.list_views.rules.layout import keep_columns, keep_widths, reset_layout
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


def test_widths_of_columns_are_kept_for_a_person(company: Cast) -> None:
    frank = actor(company.frank)
    keep_widths("cases", {"customer": 240, "number": 99_999, "no_such_field": 90}, by=frank)
    kept = keep_widths("cases", {"status": 90}, by=frank)

    assert kept.widths == {"customer": 240, "status": 90}
    assert not ListLayout.objects.filter(person=company.fiona).exists()


def test_columns_and_widths_of_a_list_go_together_and_another_list_keeps_its_own(
    company: Cast,
) -> None:
    frank = actor(company.frank)
    keep_columns("queue", ["number"], by=frank)
    keep_widths("cases", {"status": 90}, by=frank)
    keep_columns("cases", ["status", "number", "status"], by=frank)

    reset_layout("queue", by=frank)

    (kept,) = ListLayout.objects.all()
    assert (kept.list, kept.columns, kept.widths) == ("cases", ["status", "number"], {"status": 90})


@pytest.mark.parametrize("name", ["", "desk", "other"])
def test_only_lists_that_have_columns_keep_them(company: Cast, name: str) -> None:
    with pytest.raises(Refused, match="no such list"):
        keep_columns(name, ["number"], by=actor(company.frank))
    with pytest.raises(Refused, match="no such list"):
        keep_widths(name, {"status": 90}, by=actor(company.frank))

    assert not ListLayout.objects.exists()
