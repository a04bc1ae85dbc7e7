"""N5 through the API: the one homeowner case without a contract."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from heliodesk.cases.models import Case
from heliodesk.people.models import QueueMembership
from tests.api.conftest import Program
from tests.api.test_cases import asked
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Programs = Callable[..., Program]
PATH = "/cases/not-on-record"


def not_on_record(company: Cast, **more: Any) -> dict[str, Any]:
    """A new case of Nora Quint, whom nobody has on record."""
    customer = {
        "account": company.org.pk,
        "customer_name": "Nora Quint",
        "customer_phone": "619 555 0188",
        "property_address": "77 Alder Way, Fresno, CA 93650",
    }
    return asked(company, hand_over=False) | customer | more


def test_it_stands_at_the_org_and_is_marked(company: Cast, program: Programs) -> None:
    answer = program(company.frank).post(PATH, not_on_record(company))
    told = answer.json()
    assert answer.status_code == 201, told
    assert answer["Location"] == f"/api/v1/cases/{told['number']}"
    assert (told["account"]["id"], told["contract"]) == (company.org.pk, None)
    assert (told["case_type"], told["contract_gap"]) == ("homeowner", "not_on_record")
    assert (told["customer_name"], told["customer_phone"]) == ("Nora Quint", "(619) 555-0188")
    assert told["owner"]["id"] == company.frank.pk  # H7


def test_the_queue_gets_it_unless_the_body_says_no(company: Cast, program: Programs) -> None:
    body = not_on_record(company)
    del body["hand_over"]
    told = program(company.frank).post(PATH, body).json()
    assert (told["owner"]["kind"], told["owner"]["slug"]) == ("queue", "homeowner")


@pytest.mark.parametrize(
    ("part", "field", "rule"),
    [
        ({"customer_name": " "}, "customer_name", "N5"),
        ({"customer_name": "N" * 201}, "customer_name", "N5"),
        ({"customer_phone": ""}, "customer_phone", "N5"),
        ({"customer_phone": "", "customer_email": "nora"}, "customer_email", "N5"),
        ({"property_address": ""}, "property_address", "N5"),
        ({"description": " "}, "description", "H4"),
        ({"jira_tickets": ["no address"]}, "jira_tickets", "J2"),
        ({"account": 10**12}, "account", "K6"),
    ],
)
def test_a_refusal_names_the_field_as_it_was_sent(
    company: Cast, program: Programs, part: dict[str, Any], field: str, rule: str
) -> None:
    answer = program(company.frank).post(PATH, not_on_record(company, **part))
    told = answer.json()
    assert (answer.status_code, told["field"], told["rule"]) == (422, field, rule)
    assert not Case.objects.exists()


def test_not_under_a_homeowner_account(company: Cast, program: Programs) -> None:
    body = not_on_record(company, account=company.homeowner.pk)
    told = program(company.frank).post(PATH, body).json()
    assert (told["code"], told["rule"]) == ("account_is_no_org", "N5")


def test_a_queue_that_cannot_have_it_leaves_no_case(company: Cast, program: Programs) -> None:
    QueueMembership.objects.filter(queue=company.homeowner_queue).delete()
    answer = program(company.frank).post(PATH, not_on_record(company, hand_over=True))
    assert (answer.status_code, answer.json()["field"]) == (422, "hand_over")
    assert not Case.objects.exists()


def test_the_same_issue_has_to_be_looked_at_first(company: Cast, program: Programs) -> None:
    came = program(company.frank)
    first = came.post(PATH, not_on_record(company)).json()["number"]
    refused = came.post(PATH, not_on_record(company))
    told = refused.json()
    assert (refused.status_code, told["code"], told["rule"]) == (409, "similar_cases", "B6")
    assert told["about"]["cases"][0]["number"] == first
    assert came.post(PATH, not_on_record(company, none_of_these=[first])).status_code == 201


def test_sent_twice_with_one_key_it_is_one_case(company: Cast, program: Programs) -> None:
    came, body = program(company.frank), not_on_record(company)
    first, again = (came.post(PATH, body, Idempotency_Key="k-1") for _ in range(2))
    assert first.content == again.content
    assert again["Idempotency-Replayed"] == "true"
    assert Case.objects.count() == 1


def test_only_support_opens_one_and_only_with_a_token_that_writes(
    company: Cast, program: Programs
) -> None:
    body = not_on_record(company)
    told = program(company.frank, scope="read").post(PATH, body).json()
    assert told["code"] == "scope_exceeded"
    refused = program(company.dora).post(PATH, body)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_in_support")
    assert program(company.frank, scope="write").post(PATH, body).status_code == 201
