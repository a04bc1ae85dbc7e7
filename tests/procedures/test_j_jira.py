"""Jira (J)."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from heliodesk.cases.models import Case, JiraLink
from heliodesk.integrations.jira.jobs import refresh_old_tickets, tell_jira
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.integrations.jira.conftest import set_up
from tests.integrations.jira.server import jira_server
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("cloud", [True, False])
def test_j1_open_tickets_are_found_linked_and_kept_up_to_date_and_jira_links_back_once(
    company: Cast, still: Clock, settings: Settings, cloud: bool
) -> None:
    settings.ADDRESS = "https://desk.example.com"
    with jira_server(cloud=cloud) as jira:
        set_up(jira, company)
        jira.has("SOL-1", "Inverters go offline", "In Progress", "indeterminate")
        jira.has("SOL-2", "Inverters went offline", "Done", "done")
        for words in ("inverter offl", "SOL-1"):
            found = browser(company.frank).get("/jira/tickets/options/", {"q": words}).json()
            assert [item["value"] for item in found["items"]] == ["SOL-1"]
        case = cast.case(company)
        act = case.get_absolute_url()
        send(company.frank, f"{act}jira/new/", ticket="SOL-1")
        url = f"{jira.base_url}/browse/SOL-1"
        assert url in Case.objects.get(pk=case.pk).description
        shown = page(company.frank, act)
        assert all(words in shown for words in (url, "SOL-1 Inverters go offline", "In Progress"))
        tell_jira()
        jira.has("SOL-1", "Inverters stay online", "Released", "done")
        still.move(minutes=20)
        refresh_old_tickets()
        shown = page(company.frank, act)
        assert all(words in shown for words in ("SOL-1 Inverters stay online", "Released"))
        assert "Jira ticket" in shown
        assert "went from" in shown
        send(company.frank, f"{act}closure/new/", reason=company.resolved.pk)
        tell_jira()
        (there,) = jira.links["SOL-1"].values()
        assert there["globalId"] == JiraLink.objects.get().global_id
        assert there["object"]["url"] == f"https://desk.example.com{act}"
        assert there["object"]["status"] == {"resolved": True}


def test_j2_jira_slow_refusing_or_absent_the_url_is_pasted_and_the_state_says_so(
    company: Cast,
) -> None:
    case = cast.case(company)
    act = case.get_absolute_url()
    options = browser(company.frank).get("/jira/tickets/options/", {"q": "inverter"}).json()
    assert options["note"].startswith("No Jira is set up. Paste the ticket's URL")
    send(company.frank, f"{act}jira/new/", ticket="https://jira.example.com/browse/SOL-9")
    assert "A plain URL: no Jira is told" in page(company.frank, f"{act}?tab=related")
    with jira_server() as jira:
        set_up(jira, company)
        jira.refuses(429, Retry_After="60")
        options = browser(company.frank).get("/jira/tickets/options/", {"q": "inverter"}).json()
        assert "asks for fewer requests (429)" in options["note"]
        send(company.frank, f"{act}jira/new/", ticket=f"{jira.base_url}/browse/SOL-1")
        tell_jira()
        shown = page(company.frank, f"{act}?tab=related")
        assert "is tried again by itself: Jira asks for fewer requests" in shown
        assert len(jira.asked) == 1
    assert JiraLink.objects.filter(case=case).count() == 2
