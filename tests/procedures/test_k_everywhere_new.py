"""K5: what is refused of a new case, and of a new contact, reads the same on the screen and by the
API."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.cases.models import Priority
from heliodesk.people.models import Queue, QueueMembership
from tests import cast
from tests.cast import Cast
from tests.procedures.ways_in import Fields, Refusal, refused_alike

pytestmark = pytest.mark.django_db


def no_case(company: Cast) -> None:
    """There is nothing yet."""


def the_same_issue(company: Cast) -> None:
    """A case is open for the same issue."""
    cast.case(company)


def request(company: Cast, **other: Any) -> dict[str, Any]:
    """What is asked for, by the keys of both ways in."""
    return {
        "request_type": company.billing.pk,
        "request_subtype": company.autopay.pk,
        "source": company.phone.pk,
        "description": "Autopay was charged twice in October.",
        "contact": company.signer.pk,
    } | other


def homeowner(contract: str = "C-1001", **named: str) -> tuple[Any, Any]:
    """A homeowner case; fields by the name of what the company has for them."""

    def fields(company: Cast) -> dict[str, Any]:
        return request(company, **{name: getattr(company, of).pk for name, of in named.items()})

    return (
        (
            "post",
            "cases/homeowner",
            lambda c: {"contract_id": contract, "priority": "normal"} | fields(c),
        ),
        (
            f"contracts/{contract}/cases/new/",
            lambda c: {"installer": c.org.pk, "priority": Priority.NORMAL} | fields(c),
        ),
    )


def at_org(**other: Any) -> tuple[Any, Any]:
    """An installer case under the Org; `contact` by the name of the company's."""

    def fields(company: Cast) -> dict[str, Any]:
        contact = other.get("contact")
        return request(company) | other | {"contact": contact and getattr(company, contact).pk}

    return (
        (
            "post",
            "cases/installer",
            lambda c: {"account": c.org.pk, "priority": "normal"} | fields(c),
        ),
        ("accounts/{org}/cases/new/", lambda c: typed(fields(c) | {"priority": Priority.NORMAL})),
    )


def nobody_on_record(**other: Any) -> tuple[Any, Any]:
    """A case of a homeowner who is not on record; fields as the API names them."""
    said = {
        "customer_name": "Nora Quint",
        "customer_phone": "619 555 0188",
        "property_address": "77 Alder Way, Fresno, CA 93650",
    } | other
    on_form = {name.replace("customer_", ""): value for name, value in said.items()}

    def fields(company: Cast) -> dict[str, Any]:
        return {name: value for name, value in request(company).items() if name != "contact"}

    return (
        (
            "post",
            "cases/not-on-record",
            lambda c: {"account": c.org.pk, "priority": "normal"} | fields(c) | said,
        ),
        (
            "accounts/{org}/not-on-record/new/",
            lambda c: {"hand_over": "on", "priority": Priority.NORMAL} | fields(c) | on_form,
        ),
    )


def nobody_in_the_queue(company: Cast) -> None:
    """The homeowner queue has no members."""
    QueueMembership.objects.filter(queue=company.homeowner_queue).delete()


def no_queue(company: Cast) -> None:
    """There is no homeowner queue."""
    Queue.objects.filter(pk=company.homeowner_queue.pk).update(is_active=False)


def typed(fields: dict[str, Any]) -> dict[str, Any]:
    """As a form sends them: what is empty as an empty text."""
    return {name: "" if value is None else value for name, value in fields.items()}


def contact(**values: str) -> tuple[Any, Any]:
    """Another person of the Org."""
    said: Fields = lambda company: values  # noqa: E731
    return ("post", "accounts/{org}/contacts", said), ("accounts/{org}/contacts/new/", said)


REFUSALS = [
    Refusal("similar_cases", "B6", "frank", the_same_issue, *homeowner()),
    Refusal("cancelled_contract", "H3", "frank", no_case, *homeowner("C-0999")),
    Refusal(
        "subtype_of_another_type", "H4", "frank", no_case, *homeowner(request_type="performance")
    ),
    Refusal(
        "contact_of_another_account",
        "H4",
        "frank",
        no_case,
        *homeowner(contact="neighbour_contact"),
    ),
    Refusal(
        "installer_contact_of_another_org",
        "H4",
        "frank",
        no_case,
        *homeowner(installer_contact="other_org_contact"),
    ),
    Refusal("contact_missing", "N2", "frank", no_case, *at_org()),
    Refusal("sales_rep_missing", "N2", "frank", no_case, *at_org(sales_rep_email="r@example.com")),
    Refusal(
        "contact_of_another_account", "N2", "frank", no_case, *at_org(contact="other_org_contact")
    ),
    Refusal("phone_or_email", "N5", "frank", no_case, *nobody_on_record(customer_phone="")),
    Refusal("no_homeowner_queue", "N5", "frank", no_queue, *nobody_on_record()),
    Refusal("cannot_own", "Q5", "frank", nobody_in_the_queue, *nobody_on_record()),
    Refusal("not_in_support", "K7", "dora", no_case, *nobody_on_record()),
    Refusal("missing", "D1", "frank", no_case, *contact(name=" ", role="other")),
]


@pytest.mark.parametrize("one", REFUSALS, ids=lambda one: f"{one.rule}-{one.code}-{one.who}")
def test_k5_the_same_refusal_of_what_is_new(company: Cast, one: Refusal) -> None:
    refused_alike(company, one)
