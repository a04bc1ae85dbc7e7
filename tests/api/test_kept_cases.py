"""Lists of cases keep what they have written for as long as it is true (K6, V3)."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from heliodesk.api.answers import kept_packed
from heliodesk.api.queries import kept
from heliodesk.cases.models import Case, RequestType
from heliodesk.cases.rules.closing import close
from heliodesk.directory.models import Account, Contact, Contract
from heliodesk.worklists.queries import names
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast, actor

Programs = Callable[..., Program]


def listed(came: Program) -> dict[str, Any]:
    """The only case, as the list has it."""
    (told,) = came.get("/cases").json()["items"]
    return dict(told)


@pytest.mark.parametrize(
    ("model", "which", "field", "value", "where"),
    [
        (Case, "", "job_id", "J-77", ("job_id",)),
        (Account, "account", "name", "Maria Nova", ("account", "name")),
        (Contact, "contact", "phone", "555-0177", ("contact", "phone")),
        (Contract, "contract", "status", "cancelled", ("contract", "status")),
        (Account, "installer", "name", "Dimfield Solar", ("installer", "name")),
    ],
)
def test_a_list_shows_what_changed_in_any_of_a_cases_rows(
    company: Cast,
    program: Programs,
    model: Any,
    which: str,
    field: str,
    value: str,
    where: tuple[str, ...],
) -> None:
    case, came = cast.case(company), program(company.bea)
    row = getattr(case, which) if which else case
    listed(came)
    with transaction.atomic():  # as every change comes: a version of its own
        model.objects.filter(pk=row.pk).update(**{field: value})
    told: Any = listed(came)
    for part in where:
        told = told[part]
    assert told == value


def test_a_list_is_as_the_case_itself(company: Cast, program: Programs) -> None:
    case, came = cast.case(company), program(company.bea)
    for change in (None, "closed"):
        if change:
            close(case, reason=company.resolved, by=actor(company.sue))
        for _ in range(2):  # as it was written, and as it is kept
            assert listed(came) == came.get(f"/cases/{case.number}").json()


def test_a_new_name_shows_when_names_are_read_anew(company: Cast, program: Programs) -> None:
    cast.case(company)
    came = program(company.bea)
    listed(came)
    RequestType.objects.filter(pk=company.billing.pk).update(name="Money")
    names.forget()
    assert listed(came)["request_type"]["name"] == "Money"


def test_what_is_kept_is_not_written_again(
    company: Cast, program: Programs, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    cast.case(company)
    came = program(company.bea)
    came.get("/cases")
    with django_assert_num_queries(2):  # token, cases with their versions
        came.get("/cases")


def test_a_page_by_the_cases_own_rows_costs_no_more(
    company: Cast, program: Programs, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    numbers = [cast.case(company).display_number for _ in range(4)]
    came = program(company.bea)
    came.get("/cases?limit=2&all=status:is:new")
    with django_assert_num_queries(2):
        told = came.get("/cases?limit=2&all=status:is:new").json()
    assert [item["number"] for item in told["items"]] == numbers[:1:-1]
    told = came.get(f"/cases?limit=2&all=status:is:new&cursor={told['next']}").json()
    assert [item["number"] for item in told["items"]] == numbers[1::-1]


def test_the_same_page_is_packed_once(company: Cast, program: Programs) -> None:
    cast.case(company)
    cast.case(company)
    came = program(company.bea)
    before = kept_packed.cache_info()
    first, second = (came.get("/cases?limit=1", Accept_Encoding="gzip") for _ in range(2))
    after = kept_packed.cache_info()
    assert (after.misses - before.misses, after.hits - before.hits) == (1, 1)
    assert gzip.decompress(second.content) == gzip.decompress(first.content)


def test_no_more_is_kept_than_a_few_thousand(
    company: Cast, program: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "KEPT", 3)
    monkeypatch.setattr(kept, "_kept", {})
    for _ in range(5):
        cast.case(company)
        program(company.bea).get("/cases?limit=2")
        assert len(kept._kept) <= 3
    assert len(program(company.bea).get("/cases").json()["items"]) == 5
