"""Titles and statuses of linked tickets are read anew in the background (J1)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, JiraLink
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.jira_links import link_jira
from heliodesk.core import clock
from heliodesk.feed.models import FeedItem
from heliodesk.integrations.jira.jobs import refresh_old_tickets, refresh_tickets
from heliodesk.integrations.jira.searching import search
from heliodesk.integrations.jira.tickets import read_ticket
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.integrations.jira.server import JiraServer

pytestmark = pytest.mark.django_db


def linked(company: Cast, typed: str, **fields: object) -> JiraLink:
    case = cast.case(company, **fields)
    return link_jira(case, ticket=read_ticket(typed), by=actor(company.frank))


def shown(link: JiraLink) -> tuple[str, str, str, bool]:
    link.refresh_from_db()
    return link.key, link.title, link.status, link.is_done


def test_a_pasted_url_gets_title_and_status_and_no_line_in_the_feed(
    jira: JiraServer, company: Cast
) -> None:
    jira.has("SOL-4", "Inverters go offline")
    link = linked(company, f"{jira.base_url}/browse/SOL-4")
    assert shown(link) == ("SOL-4", "", "", False)
    refresh_tickets()
    assert shown(link) == ("SOL-4", "Inverters go offline", "To Do", False)
    assert not FeedItem.objects.filter(kind="jira_status").exists()


def test_what_the_search_showed_is_known_at_once(jira: JiraServer, company: Cast) -> None:
    jira.has("SOL-4", "Inverters go offline", "In Progress", "indeterminate")
    search("inverters")
    link = linked(company, "SOL-4")
    assert shown(link) == ("SOL-4", "Inverters go offline", "In Progress", False)


def test_another_status_stands_in_the_feed_and_leaves_the_case_as_it_is(
    jira: JiraServer, company: Cast, still: Clock
) -> None:
    jira.has("SOL-4", "Inverters go offline")
    link = linked(company, "SOL-4")
    refresh_tickets()
    before = Case.objects.get(pk=link.case_id).last_modified_at
    jira.has("SOL-4", "Inverters stay online", "Done", "done")
    still.move(minutes=14)
    refresh_old_tickets()
    assert shown(link)[2] == "To Do"
    still.move(minutes=2)
    refresh_old_tickets()
    assert shown(link) == ("SOL-4", "Inverters stay online", "Done", True)
    item = FeedItem.objects.get(kind="jira_status")
    assert item.data == {"ticket": "SOL-4", "old": "To Do", "new": "Done"}
    assert Case.objects.get(pk=link.case_id).last_modified_at == before


def test_many_are_read_by_one_request_and_one_that_is_gone_spoils_none(
    jira: JiraServer, company: Cast, still: Clock
) -> None:
    for number in range(1, 6):
        jira.has(f"SOL-{number}", "Inverters")
    search("inverters")
    links = [linked(company, f"SOL-{number}") for number in range(1, 6)]
    del jira.issues["SOL-3"]
    still.move(minutes=20)
    jira.asked.clear()
    refresh_old_tickets()
    assert len(jira.asked) == 1
    for link in links:
        link.refresh_from_db()
    assert [bool(link.refresh_problem) for link in links] == [False, False, True, False, False]
    assert {link.refreshed_at for link in links} == {clock.now()}


def test_a_ticket_that_was_moved_is_found_by_its_old_key(jira: JiraServer, company: Cast) -> None:
    link = linked(company, f"{jira.base_url}/browse/SOL-4")
    jira.has("OPS-9", "Inverters")
    jira.moved["SOL-4"] = "OPS-9"
    refresh_tickets()
    assert shown(link)[0] == "OPS-9"


def test_closed_cases_and_plain_urls_are_left_alone(
    cloud: JiraServer, company: Cast, still: Clock
) -> None:
    cloud.has("SOL-4", "Inverters")
    link = linked(company, "SOL-4")
    close(link.case, reason=company.resolved, by=actor(company.frank))
    linked(company, "https://elsewhere.example.com/browse/SOL-4")
    refresh_old_tickets()
    assert not cloud.asked


def test_jira_down_everything_stays_as_it_was(
    cloud: JiraServer, company: Cast, still: Clock
) -> None:
    cloud.has("SOL-4", "Inverters")
    link = linked(company, "SOL-4")
    refresh_tickets()
    still.move(minutes=20)
    cloud.refuses(200, b"<html>maintenance</html>")
    refresh_old_tickets()
    refresh_old_tickets()
    assert shown(link) == ("SOL-4", "Inverters", "To Do", False)
    assert len(cloud.asked) == 2
