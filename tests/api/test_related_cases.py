"""W2 through the API: related cases are linked without merging."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from heliodesk.cases.models import Case, RelatedCase, Status
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]


@pytest.fixture
def two(company: Cast) -> tuple[Case, Case]:
    return cast.case(company), cast.installer_case(company)


def path(case: Case, *, other: Case | None = None) -> str:
    """Where the links of a case are, or the one with the other."""
    return f"/cases/{case.number}/related-cases{f'/{other.number}' if other else ''}"


def linked(came: Program, case: Case) -> list[str]:
    """The numbers of the cases linked with it."""
    return [one["number"] for one in came.get(path(case)).json()["items"]]


def test_a_link_holds_both_ways_until_it_is_taken_away(
    company: Cast, program: Programs, two: tuple[Case, Case]
) -> None:
    case, other = two
    fiona = program(company.fiona)
    answer = fiona.post(path(case), {"other": f"#{other.display_number}"})
    told = answer.json()
    assert answer.status_code == 201, told
    assert (told["number"], told["customer_name"]) == (other.display_number, company.org.name)
    assert told["linked_by"] == {"id": company.fiona.pk, "name": company.fiona.name}
    assert linked(fiona, case) == [other.display_number]
    assert linked(fiona, other) == [case.display_number]
    gone = fiona.delete(path(other, other=case))
    assert (gone.status_code, gone.json()["number"]) == (200, other.display_number)
    assert linked(fiona, case) == linked(fiona, other) == []


def test_the_latest_link_is_listed_first_a_page_at_a_time(
    company: Cast, program: Programs, two: tuple[Case, Case]
) -> None:
    case, fiona = two[0], program(company.fiona)
    others = [two[1], cast.case(company)]
    for other in others:
        fiona.post(path(case), {"other": other.display_number})
    first = fiona.get(f"{path(case)}?limit=1").json()
    second = fiona.get(f"{path(case)}?limit=1&cursor={first['next']}").json()
    shown = [page["items"][0]["number"] for page in (first, second)]
    assert shown == [other.display_number for other in reversed(others)]
    assert second["next"] is None


def test_what_is_refused_names_its_rule(
    company: Cast, program: Programs, two: tuple[Case, Case]
) -> None:
    case, other = two
    closed = cast.case(company, status=Status.CLOSED)
    fiona = program(company.fiona)
    fiona.post(path(case), {"other": other.display_number})
    for at, typed, code, rule in (
        (case, case.display_number, "related_to_itself", "W2"),
        (other, case.display_number, "related_already", "W2"),
        (case, "12345678901", "case_not_found", "W2"),
        (case, "seven", "case_not_found", "W2"),
        (closed, case.display_number, "case_closed", "X6"),
    ):
        told = fiona.post(path(at), {"other": typed}).json()
        assert (told["code"], told["rule"]) == (code, rule)
    told = fiona.delete(path(case, other=closed)).json()
    assert (told["code"], told["rule"], told["field"]) == ("not_related", "W2", "other")
    assert fiona.delete(f"{path(case)}/99999999").status_code == 404


def test_a_department_sees_of_the_links_what_it_may_see_and_makes_none(
    company: Cast, program: Programs, two: tuple[Case, Case]
) -> None:
    case, other = two
    seen = cast.case(company)
    for one in (case, seen):
        cast.assignment(company, one)
    for one in (other, seen):
        program(company.fiona).post(path(case), {"other": one.display_number})
    dora = program(company.dora)
    assert linked(dora, case) == [seen.display_number]
    assert dora.get(path(other)).status_code == 404
    assert dora.delete(path(case, other=seen)).status_code == 403
    refused = dora.post(path(case), {"other": seen.display_number})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_in_support")


def test_sent_twice_with_one_key_it_is_one_link(
    company: Cast, program: Programs, two: tuple[Case, Case]
) -> None:
    case, other = two
    body = {"other": other.display_number}
    told = program(company.fiona, scope="read").post(path(case), body).json()
    assert told["code"] == "scope_exceeded"
    fiona = program(company.fiona, scope="write")
    first, again = (fiona.post(path(case), body, Idempotency_Key="k-1") for _ in range(2))
    assert first.content == again.content
    assert RelatedCase.objects.count() == 1
