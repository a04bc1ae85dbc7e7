"""The index of the set-up: what there is, and what is missing on a fresh desk (K1)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from heliodesk.people.models import DepartmentMembership
from heliodesk.set_up import pages
from tests import cast
from tests.cast import Cast
from tests.screens import browser, page

pytestmark = pytest.mark.django_db
MISSING = "Ready for the first case?"


def test_every_page_of_the_set_up_opens_for_administrators_alone(company: Cast) -> None:
    ada, sue = browser(company.ada), browser(company.sue)
    index = page(company.ada, "/set-up/")
    for one in pages.pages():
        assert f'href="{one.url}"' in index
        assert ada.get(one.url).status_code == 200, one.url
        if one.route != "quick_texts":  # which everybody has
            assert sue.get(one.url).status_code in (403, 404), one.url


def test_the_page_that_a_form_belongs_to_is_marked(company: Cast) -> None:
    shown = page(company.ada, f"/set-up/queues/{company.homeowner_queue.pk}/edit/")
    assert 'href="/set-up/queues/" aria-current="true"' in shown
    assert 'href="/set-up/queues/" aria-current="page"' in page(company.ada, "/set-up/queues/")


def test_what_is_missing_is_said_until_nothing_is(company: Cast) -> None:
    shown = page(company.ada, "/set-up/")
    assert MISSING in shown
    assert "No case yet" in shown
    cast.case(company, status="closed")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert MISSING not in page(company.ada, "/set-up/")
    DepartmentMembership.objects.filter(user=company.dora).delete()
    assert "2 departments, 1 without a member" in page(company.ada, "/set-up/")


def test_the_search_field_leads_administrators_there(company: Cast) -> None:
    assert "Set up People" in page(company.ada, "/search/actions/")
    assert "Set up People" not in page(company.sue, "/search/actions/")


def test_a_stranger_signs_in_first(db: None) -> None:
    answer = Client().get("/set-up/")
    assert answer.status_code == 302
    assert "next=/set-up/" in answer["Location"]
