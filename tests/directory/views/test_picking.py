"""Managers, Orgs, contacts and owners found while one types (D1, A2, H4, Q2, K6)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.directory.models import Contact
from heliodesk.people.models import DepartmentMembership, QueueMembership, Role, User
from tests.cast import Cast
from tests.screens import browser, page, send

STATEMENTS = 3  # the session, who it is, and what is found


def found(who: User, address: str, q: str = "") -> list[dict[str, Any]]:
    joined = "&" if "?" in address else "?"
    answer = browser(who).get(f"{address}{joined}{urlencode({'q': q})}")
    assert answer.status_code == 200
    return list(answer.json()["items"])


def labels(who: User, address: str, q: str = "") -> list[str]:
    return [one["label"] for one in found(who, address, q)]


@pytest.mark.parametrize(
    "address", ["/managers/options/", "/orgs/options/", "/contacts/options/", "/owners/options/"]
)
def test_support_finds_by_three_statements_and_nobody_else_finds(
    company: Cast, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(company.frank)
    with django_assert_num_queries(STATEMENTS):
        assert client.get(address, {"q": "a b", "account": str(company.org.pk)}).status_code == 200
    assert browser(company.dora).get(address).status_code == 403
    assert client.post(address).status_code == 405


def test_likely_managers_come_first_and_those_who_left_last_with_the_reason(company: Cast) -> None:
    company.org.account_manager = company.bob
    company.org.save()
    DepartmentMembership.objects.get_or_create(department=company.sales, user=company.dora)
    User.objects.create_user("aaron", name="Aaron Tester", is_active=False)
    asked = f"/managers/options/?department={company.sales.pk}&org={company.org.pk}"
    first = labels(company.frank, asked, "tester")
    assert first[:2] == [company.ada.name, company.bob.name]  # of the Org
    assert first[2] == company.dora.name  # of the department
    last = found(company.frank, asked, "tester")[-1]
    assert (last["label"], last["hint"]) == ("Aaron Tester", "")
    assert last["refused"] == "Aaron Tester is deactivated. Choose somebody else."


def test_a_name_is_found_by_its_parts_without_accents_and_told_apart(company: Cast) -> None:
    user = User.objects.create_user("jose", name="José Núñez 100%", role=Role.FRONTLINE)
    DepartmentMembership.objects.create(department=company.legal, user=user)
    (one,) = found(company.frank, "/managers/options/", "nunez jo 0%")
    assert one["label"] == user.name
    assert one["hint"] == f"Frontline agent · {company.legal.name} · jose"
    assert labels(company.frank, "/managers/options/", "%") == [user.name]
    assert user.name in labels(company.frank, "/managers/options/", company.legal.name)


def test_owners_are_queues_then_colleagues_of_support_without_the_present_one(
    company: Cast,
) -> None:
    QueueMembership.objects.get_or_create(queue=company.homeowner_queue, user=company.bea)
    asked = f"/owners/options/?case_type=homeowner&besides=user-{company.bob.pk}"
    names = labels(company.bea, asked)
    assert names[0] == company.homeowner_queue.name
    assert company.bob.name not in names
    assert company.dora.name not in names
    company.homeowner_queue.memberships.all().delete()
    assert "has no members" in found(company.frank, asked, "homeowner")[0]["refused"]


def test_contacts_are_those_of_the_account_and_the_inactive_are_refused(company: Cast) -> None:
    gone = Contact.objects.create(account=company.org, name="Lee Gone", is_active=False)
    asked = f"/contacts/options/?account={company.org.pk}"
    assert company.org_contact.name in labels(company.frank, asked)
    assert company.other_org_contact.name not in labels(company.frank, asked)
    assert "not active any more" in found(company.frank, asked, gone.name)[-1]["refused"]
    assert labels(company.frank, "/contacts/options/?account=x") == []
    assert browser(company.frank).get(f"{asked}&q={'x' * 300}").json()["note"].startswith("A name")


def test_a_manager_is_named_in_the_form_and_the_one_who_left_stays_until_another_comes(
    company: Cast,
) -> None:
    company.org.account_manager = company.sue
    company.org.save()
    User.objects.filter(pk=company.sue.pk).update(is_active=False)
    address = f"/accounts/{company.org.pk}/edit/"
    assert f'value="{company.sue.name} (deactivated)"' in page(company.bea, address)
    send(company.bea, address, name="Brightfield", account_manager=company.sue.pk)
    company.org.refresh_from_db()
    assert (company.org.name, company.org.account_manager) == ("Brightfield", company.sue)
    named = {"sales_manager": "", "sales_manager_typed": company.sue.name}
    assert "is deactivated" in send(company.bea, address, 422, name="Brightfield", **named)
    named["sales_manager_typed"] = company.bob.name.upper()
    send(company.bea, address, name="Brightfield", **named)
    company.org.refresh_from_db()
    assert company.org.sales_manager == company.bob


def test_an_org_and_a_contact_of_another_kind_are_refused(company: Cast) -> None:
    address = f"/accounts/{company.homeowner.pk}/edit/"
    refused = send(company.bea, address, 422, name="Maria", parent=company.homeowner.pk)
    assert "Type a name and choose again" in refused
