"""The case page: who sees it, with how few statements, and each of its states."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from heliodesk.cases.models import Channel, Interaction, Status
from heliodesk.cases.rules.closing import close
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page

pytestmark = pytest.mark.django_db
Statements = Callable[[int], AbstractContextManager[object]]

DIALOGS = ["review/new/", "closure/new/", "owner/", "status/", "edit/", "edit/?group=customer",
           "edit/?group=installer", "reopening/new/"]  # fmt: skip


@pytest.mark.parametrize("tab", ["", "?tab=details", "?tab=related", "?tab=activity", "?tab=odd"])
def test_at_most_eight_statements(
    company: Cast, tab: str, django_assert_max_num_queries: Statements
) -> None:
    case = cast.case(company)
    for number in range(3):
        post(case, body=f"Post {number}", by=actor(company.frank))
    client = browser(company.frank)
    client.get(case.get_absolute_url())  # names of set-up data are read once a while
    with django_assert_max_num_queries(8):
        assert client.get(case.get_absolute_url() + tab).status_code == 200


@pytest.mark.parametrize("dialog", DIALOGS)
def test_a_dialog_takes_at_most_eight_statements(
    company: Cast, dialog: str, django_assert_max_num_queries: Statements
) -> None:
    case = cast.case(company)
    client = browser(company.frank)
    client.get(case.get_absolute_url())
    with django_assert_max_num_queries(8):
        assert client.get(case.get_absolute_url() + dialog).status_code == 200


@pytest.mark.parametrize("path", ["", "?tab=related", *DIALOGS])
def test_a_case_one_may_not_see_is_not_there(company: Cast, path: str) -> None:
    case = cast.case(company)
    assert browser(company.oscar).get(case.get_absolute_url() + path).status_code == 404
    assert browser(company.frank).get(f"/cases/00099999/{path}").status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(company: Cast, client: Client) -> None:
    answer = client.get(cast.case(company).get_absolute_url())
    assert answer.status_code == 302


def test_related_shows_files_other_cases_and_interactions(company: Cast) -> None:
    case, other = cast.case(company), cast.case(company, status=Status.CLOSED)
    Interaction.objects.create(
        account=case.account,
        case=case,
        channel=Channel.PHONE,
        about="Asked when the credit comes.",
        resolved=False,
        at=case.created_at,
        by=company.fiona,
    )
    shown = page(company.frank, f"{case.get_absolute_url()}?tab=related")
    assert other.get_absolute_url() in shown
    assert "Asked when the credit comes." in shown
    assert "Put files on this case" in shown


def test_a_customer_not_on_record_and_the_contracts_that_may_be_theirs(company: Cast) -> None:
    case = cast.case(
        company,
        account=company.org,
        contact=None,
        contract=None,
        contract_gap="not_on_record",
        customer_name="Maria Delgado",
        customer_phone="(619) 555-0143",
    )
    shown = page(company.frank, case.get_absolute_url())
    assert "The customer is not on record" in shown
    assert "C-1001" in shown
    assert f'href="{case.get_absolute_url()}contract/"' in shown
    assert f'href="{case.get_absolute_url()}contract/?contract=C-1001"' in shown


def test_a_case_that_continues_another_leads_to_it_and_back(company: Cast) -> None:
    old = cast.case(company)
    close(old, reason=company.resolved, by=actor(company.frank))
    new = cast.case(company, previous_case=old)
    assert old.get_absolute_url() in page(company.frank, new.get_absolute_url())
    assert new.get_absolute_url() in page(company.frank, old.get_absolute_url())


def test_a_retyped_number_without_its_zeros_finds_the_case(company: Cast) -> None:
    case = cast.case(company)
    assert browser(company.frank).get(f"/cases/{case.number}/").status_code == 200


def test_reopening_an_open_case_says_that_it_is_open(company: Cast) -> None:
    shown = page(company.frank, f"{cast.case(company).get_absolute_url()}reopening/new/")
    assert "The case is open: work on in it." in shown
