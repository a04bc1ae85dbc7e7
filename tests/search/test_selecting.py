"""What a search found is selected as in a list: by the same bar, with the same answers (V3, V4)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from heliodesk.cases.models import Priority
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.feed.rules import posts
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db
BOX = re.compile(r'name="case" value="(\d{8})" form="bulk" data-select')


def page(client: Client, typed: str, **more: str) -> str:
    """The page of a search."""
    return client.get("/search/", {"q": typed, **more}).content.decode()


def test_cases_and_texts_on_cases_can_be_selected_and_nothing_else(
    company: Cast, frank_client: Client
) -> None:
    known = cast.case(company)
    told = cast.case(
        company,
        contract=company.neighbour_contract,
        account=company.neighbour,
        contact=company.neighbour_contact,
        customer_name="Next door",
    )
    posts.post(told, body="Delgado next door hears it too", by=actor(company.frank))
    record_interaction(
        account=company.homeowner,
        channel="phone",
        about="Delgado asks for the letter",
        resolved=True,
        by=actor(company.frank),
    )
    html = page(frank_client, "Delgado")
    assert set(BOX.findall(html)) == {known.display_number, told.display_number}
    assert "All 2 cases on this page" in html
    assert "asks for the letter" in re.sub("</?mark>", "", html)
    texts = html[html.index('id="found-texts"') :]
    assert texts.count("data-row") == texts.count("data-select ") + 1  # but the interaction
    accounts = page(frank_client, "Delgado", kind="account")
    assert "data-select" not in accounts
    assert "data-bulk" not in accounts


def test_the_bar_is_that_of_lists_and_leads_back_to_the_search(
    company: Cast, frank_client: Client
) -> None:
    mine = cast.case(company, owner_agent=company.frank)
    other = cast.case(company, owner_agent=company.fiona)
    html = page(frank_client, "Delgado")
    for act in ("change_owner", "set_priority", "close", "export"):
        assert f'name="act" value="{act}"' in html
    sent = {"act": "set_priority", "case": [mine.display_number] * 2 + [other.display_number]}
    came_from = {"referer": "http://testserver/search/?q=Delgado"}
    asked = frank_client.post("/bulk-actions/selection/", sent, headers=came_from)
    assert "back=/search/" in asked["Location"]
    form = frank_client.get(asked["Location"]).content.decode()
    assert "2 cases selected" in form
    cases = f"{mine.number},{other.number}"
    sent = {
        "act": "set_priority",
        "cases": cases,
        "priority": str(Priority.HIGH.value),
        "once": "x",
    }
    frank_client.post("/bulk-actions/new/", sent)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.priority, other.priority) == (Priority.HIGH, Priority.NORMAL)  # K7 as in a list


def test_who_acts_on_no_case_selects_none(company: Cast, client: Client) -> None:
    case = cast.case(company)
    cast.assignment(company, case)
    client.force_login(company.dora)
    html = page(client, "Delgado")
    assert case.display_number in html
    assert "data-select" not in html
    assert "data-bulk" not in html
