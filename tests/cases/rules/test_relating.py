"""Related cases are linked without merging (W2)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from heliodesk.cases.models import Case, RelatedCase, Status
from heliodesk.cases.rules.relating import relate_cases, unrelate_cases
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(company: Cast) -> tuple[Case, Case]:
    return cast.case(company), cast.installer_case(company)


def test_the_link_stands_in_both_feeds_and_changes_neither(
    company: Cast, two: tuple[Case, Case]
) -> None:
    before = [case.last_modified_at for case in two]
    relate_cases(two[0], other=two[1], by=actor(company.fiona))
    for case, other in (two, two[::-1]):
        item = FeedItem.objects.get(case=case, kind="related")
        assert item.data == {"other": other.display_number}
    assert [Case.objects.get(pk=case.pk).last_modified_at for case in two] == before


def test_once_a_pair_whichever_way(company: Cast, two: tuple[Case, Case]) -> None:
    link = relate_cases(two[0], other=two[1], by=actor(company.fiona))
    with pytest.raises(Refused, match="linked already") as refused:
        relate_cases(two[1], other=two[0], by=actor(company.fiona))
    assert (refused.value.rule, refused.value.field) == ("W2", "other")
    with pytest.raises(IntegrityError, match="related_case_once_a_pair"), transaction.atomic():
        RelatedCase.objects.create(case=two[1], other=two[0], at=link.at, by=company.frank)
    with pytest.raises(IntegrityError, match="related_case_is_another"), transaction.atomic():
        RelatedCase.objects.create(case=two[1], other=two[1], at=link.at, by=company.frank)


def test_not_with_itself_nor_from_a_closed_case_nor_by_others(
    company: Cast, two: tuple[Case, Case]
) -> None:
    closed = cast.case(company, status=Status.CLOSED)
    fiona = actor(company.fiona)
    with pytest.raises(Refused, match="very case"):
        relate_cases(two[0], other=two[0], by=fiona)
    with pytest.raises(Refused, match="closed") as refused:
        relate_cases(closed, other=two[0], by=fiona)
    assert refused.value.rule == "X6"
    with pytest.raises(NotPermitted):
        relate_cases(two[0], other=two[1], by=actor(company.dora))
    relate_cases(two[0], other=closed, by=fiona)


def test_taken_away_again(company: Cast, two: tuple[Case, Case]) -> None:
    fiona = actor(company.fiona)
    with pytest.raises(Refused, match="not linked"):
        unrelate_cases(two[0], other=two[1], by=fiona)
    relate_cases(two[0], other=two[1], by=fiona)
    unrelate_cases(two[1], other=two[0], by=fiona)
    assert not RelatedCase.objects.exists()
