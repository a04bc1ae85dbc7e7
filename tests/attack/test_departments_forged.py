"""Forged forms and questions at the addresses of assignments and of the working day (K1, K5)."""

from __future__ import annotations

from itertools import chain

import pytest
from django.test import Client

from heliodesk.assignments.models import AssignmentStatus
from heliodesk.people.models import DepartmentMembership
from heliodesk.quick_texts.models import QuickText
from tests import cast as people
from tests.cast import Cast
from tests.screens import walker
from tests.test_no_address_breaks import NASTY, QUESTIONS, all_of, broken, forms

MORE = ("back", "department", "reason", "subtype", "topic", "account_manager", "sales_manager",
        "comments", "resolution", "note", "withdraw_rest", "at", "what_for", "name", "text",
        "shared", "other", "survivor", "mail_wanted", "case", "job")  # fmt: skip


@pytest.fixture
def addresses(company: Cast) -> list[str]:
    """Those that need something to lead to: it is Ada's, who is of Sales as well."""
    DepartmentMembership.objects.create(department=company.sales, user=company.ada)
    case = people.case(company, owner_agent=company.ada)
    other = people.case(company, owner_agent=company.ada)
    ours = people.assignment(company, case)
    theirs = people.assignment(
        company, other, status=AssignmentStatus.ACCEPTED, assignee=company.ada
    )
    kept = QuickText.objects.create(owner=company.ada, name="Hello", text="Hello {customer}")
    of_one = ("", "acceptance/", "takeover/", "release/", "follow-up/", "completion/new/",
              "rejection/new/", "return/new/", "withdrawal/new/")  # fmt: skip
    of_case = ("assignments/new/", "assignments/new/?department=sales", "voiding/new/",
               "merge/new/", "related/new/", "follow-up-date/", "print/")  # fmt: skip
    return [
        *(f"/assignments/{one}/{end}" for one in (ours, theirs) for end in of_one),
        *(f"{case.get_absolute_url()}{end}" for end in of_case),
        "/departments/sales/?show=open&", "/departments/sales/?show=ended&",
        "/departments/?show=overdue&", "/assignments/?show=mine&",
        f"/quick-texts/{kept.pk}/edit/", f"/quick-texts/{kept.pk}/deletion/new/",
    ]  # fmt: skip


@pytest.fixture
def client(company: Cast) -> Client:
    """A browser of Ada's; errors come as the answer they are."""
    made = walker(company.ada)
    made.raise_request_exception = False
    return made


def test_no_nasty_question_breaks(client: Client, addresses: list[str]) -> None:
    found = {}
    for address in addresses:
        is_list = "?show=" in address  # which has an order, and pages
        joint = "&" if "?" in address else "?"
        answers = (
            (value, client.get(f"{address}{joint}{all_of(names, value)}"))
            for value in NASTY
            for names in ([*QUESTIONS, *MORE], *([["sort"], ["after"]] if is_list else []))
        )
        found[address] = list(broken(answers))
    assert not any(found.values()), found


def test_no_nasty_form_breaks(client: Client, addresses: list[str]) -> None:
    found = {}
    for address in addresses:
        answers = forms(client, address, MORE)
        if "assignments/new/" in address:  # where going back is a button, and reads nothing more
            answers = chain(answers, forms(client, address, MORE, without="back"))
        found[address] = list(broken(answers))
    assert not any(found.values()), found
