"""Keeping how somebody wants a list: for them alone, and what no list takes."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

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
    keep_columns("queue/homeowner", ["number"], by=frank)
    keep_widths("cases", {"status": 90}, by=frank)
    keep_columns("cases", ["status", "number", "status"], by=frank)

    reset_layout("queue/homeowner", by=frank)

    (kept,) = ListLayout.objects.all()
    assert (kept.list, kept.columns, kept.widths) == ("cases", ["status", "number"], {"status": 90})


def test_what_was_chosen_for_all_queues_stands_at_each_and_comes_back(company: Cast) -> None:
    moved = import_module("heliodesk.list_views.migrations.0005_layout_of_each_queue")
    chosen = {"columns": ["number"], "widths": {"number": 99}}
    ListLayout.objects.create(person=company.frank, list="queue", **chosen)
    ListLayout.objects.create(person=company.frank, list="cases", columns=["status"])
    (step,) = moved.Migration.operations

    for direction, lists in (
        (step.sql, {"queue/homeowner", "queue/installer"}),
        (step.reverse_sql, {"queue"}),
    ):
        with connection.cursor() as cursor:
            for statement in direction:
                cursor.execute(statement)
        kept = {one.list: one for one in ListLayout.objects.all()}
        assert kept.keys() == lists | {"cases"}
        assert all(kept[name].columns == ["number"] for name in lists)
        assert all(kept[name].widths == {"number": 99} for name in lists)


@pytest.mark.parametrize(
    "name", ["", "desk", "other", "queue", "queue/", "queue/nothing", "homeowner"]
)
def test_only_lists_that_have_columns_keep_them(company: Cast, name: str) -> None:
    with pytest.raises(Refused, match="no such list"):
        keep_columns(name, ["number"], by=actor(company.frank))
    with pytest.raises(Refused, match="no such list"):
        keep_widths(name, {"status": 90}, by=actor(company.frank))

    assert not ListLayout.objects.exists()
