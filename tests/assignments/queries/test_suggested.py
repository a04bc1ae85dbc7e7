"""What the SOP of the request subtype suggests (A1)."""

from __future__ import annotations

import pytest

from heliodesk.assignments.queries.suggested import Suggested, suggested
from heliodesk.cases.models import Case
from tests import cast
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def found(company: Cast) -> Suggested:
    return suggested(Case.objects.get(pk=cast.case(company).pk))


def test_text_department_and_reason(company: Cast) -> None:
    company.autopay.sop_text = "Look at the bank's code first."
    company.autopay.suggested_department = company.legal
    company.autopay.suggested_reason = company.legal_reason
    company.autopay.save()
    assert found(company) == Suggested(
        "Look at the bank's code first.", company.legal, company.legal_reason
    )


def test_nothing_where_the_subtype_says_nothing(company: Cast) -> None:
    assert found(company) == Suggested("", None, None)


def test_the_department_of_the_reason_where_only_that_is_given(company: Cast) -> None:
    company.autopay.suggested_reason = company.legal_reason
    company.autopay.save()
    assert found(company).department == company.legal


def test_nothing_that_is_retired_or_does_not_fit(company: Cast) -> None:
    company.autopay.suggested_department = company.legal
    company.autopay.suggested_reason = company.sales_reason
    company.autopay.save()
    assert found(company) == Suggested("", company.legal, None)
    company.legal.is_active = False
    company.legal.save()
    assert found(company) == Suggested("", None, None)
