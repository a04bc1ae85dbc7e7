"""The team dashboard's page: who may see it, what it says, and what it costs (V5)."""

from __future__ import annotations

import re
from html import unescape

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast
from tests.clocks import Clock
from tests.dashboards.desk import little
from tests.screens import browser, page

pytestmark = pytest.mark.django_db
HERE = "/dashboards/team/"


@pytest.mark.parametrize("name", ["sue", "ada"])
def test_supervisors_and_administrators_see_it(company: Cast, still: Clock, name: str) -> None:
    little(company, still)
    html = page(getattr(company, name), HERE)
    for words in ("Team dashboard", "Created and closed", "Due for review", "As of"):
        assert words in html
    assert f'href="{HERE}" data-go="t" aria-current="page"' in html


@pytest.mark.parametrize("name", ["frank", "bea", "dora"])
@pytest.mark.parametrize("address", [HERE, f"{HERE}csv/", f"{HERE}csv/agents/"])
def test_others_are_refused_and_told_where_to_look(company: Cast, name: str, address: str) -> None:
    html = page(getattr(company, name), address, status=403)
    assert "The team dashboard is for supervisors. Your own cases" in html
    assert 'href="/guide/#V5"' in html
    assert f'href="{HERE}"' not in html


def test_eight_statements_however_many_cases(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    little(company, still)
    client = browser(company.sue)
    client.get(HERE)
    with django_assert_max_num_queries(8):
        client.get(f"{HERE}?team=members.homeowner&type=homeowner")


def test_every_bar_is_a_link_that_says_what_it_is(company: Cast, still: Clock) -> None:
    little(company, still)
    html = page(company.sue, HERE)
    bars = re.findall(r'<a class="chart__figure"[^>]*>', html)
    assert bars
    assert all('href="/cases/?' in bar and 'aria-label="' in bar for bar in bars)
    assert 'aria-label="Sun, Nov 1: 2 Closed"' in html
    assert 'role="group" aria-label="Chart: Created and closed"' in html


def test_the_page_needs_no_inline_style_and_no_script(company: Cast, still: Clock) -> None:
    little(company, still)
    main = page(company.sue, HERE).partition("<main")[2]
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", main)


def test_the_same_figures_stand_in_tables_for_those_who_listen(company: Cast, still: Clock) -> None:
    little(company, still)
    cells = '<td class="table__num">1</td><td class="table__num">2</td>'
    assert f'<th scope="row">Sun, Nov 1</th>{cells}' in page(company.sue, HERE)


def test_as_table_the_figures_are_links_and_nothing_is_drawn(company: Cast, still: Clock) -> None:
    little(company, still)
    html = page(company.sue, f"{HERE}?as=table&range=7d")
    assert "chart__figure" not in html
    row = html[html.index('<th scope="row">Sun, Nov 1</th>') :]
    assert re.search(r'^.{0,80}<a href="/cases/\?[^"]*2026-11-01', row)
    assert "range=90d&amp;as=table" in html  # the other ranges stay tables


def test_an_empty_desk_says_so(company: Cast) -> None:
    html = page(company.sue, HERE)
    for words in ("No cases here", "No assignments", "Every follow-up is answered"):
        assert words in html
    assert '<svg class="chart__drawing' not in html


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("range=never", "There is no range “never”. Shown are the last 30 days"),
        ("range=own&from=2026-11-01&to=2026-10-01", "The first day is after the last one."),
        ("range=own&from=yesterday", "Give the first and the last day"),
        ("range=own&from=2026-10-01&to=2027-01-01", "The range ends in the future."),
        ("range=own&from=2026-12-01&to=2026-12-02", "The range begins in the future."),
        ("range=own&from=2020-01-01&to=2026-10-01", "longer than 366 days"),
        ("queue=none", "There is no queue “none”. All queues are shown."),
        ("team=members.none", "There is no team “members.none”."),
        ("team=people", "There is no team “people”."),
        ("type=boats", "There is no case type “boats”. Both are shown."),
        ("sort=luck", "Agents cannot be sorted by “luck”."),
        ("queue=homeowner&team=members.homeowner", "queue and members exclude each other"),
    ],
)
def test_what_makes_no_sense_is_named_and_the_rest_kept(
    company: Cast, still: Clock, query: str, words: str
) -> None:
    little(company, still)
    html = unescape(page(company.sue, f"{HERE}?type=installer&{query}"))
    assert words in html
    assert 'href="/guide/#V5"' in html
    if "type=" not in query:
        assert '<option value="installer" selected>' in html


def test_the_filters_stay_in_the_addresses_of_the_page(company: Cast, still: Clock) -> None:
    little(company, still)
    html = unescape(page(company.sue, f"{HERE}?range=7d&team=members.homeowner&sort=-closed"))
    assert f'href="{HERE}csv/?range=7d&team=members.homeowner&sort=-closed"' in html
    assert 'href="?range=90d&team=members.homeowner"' in html
    assert f'href="{HERE}?range=7d&team=members.homeowner&sort=open"' in html
    assert '<option value="members.homeowner" selected>' in html


def test_a_follow_up_that_nobody_answered_leads_to_its_case(company: Cast, still: Clock) -> None:
    made = little(company, still)
    html = page(company.sue, HERE)
    part = html[html.index('id="follow-ups"') :]
    assert f'href="{made.cases["bobs"].get_absolute_url()}"' in part
    assert "escalated" in part


def test_one_chart_as_csv(company: Cast, still: Clock) -> None:
    little(company, still)
    answer = browser(company.sue).get(f"{HERE}csv/flow/?range=7d")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert "heliodesk-flow-2026-10-27-2026-11-02.csv" in answer["Content-Disposition"]
    assert lines[0] == "Day,Created,Closed"
    assert lines[6] == "2026-11-01,1,2"
    assert lines[-1] == "2026-10-27 to 2026-11-02,as of 2026-11-02 10:00 PST"


def test_all_figures_as_csv_one_a_line(company: Cast, still: Clock) -> None:
    little(company, still)
    text = browser(company.sue).get(f"{HERE}csv/?range=7d").content.decode("utf-8-sig")
    for line in (
        "Chart,Of,Figure,Value",
        "Now,,Due for review,3",
        "Agents,Bea Tester,Reviewed in time (%),66.7",
        "Departments,Sales,To accept\\, median (h),2.0",
    ):
        assert line.replace("To accept\\, median (h)", '"To accept, median (h)"') in text


def test_a_name_cannot_be_run_by_a_spreadsheet(company: Cast) -> None:
    User.objects.filter(pk=company.bea.pk).update(name="=HYPERLINK(1)")
    User.objects.filter(pk=company.bob.pk).update(name="\t=1+1")
    text = browser(company.sue).get(f"{HERE}csv/agents/").content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert "'\t=1+1" in text


def test_a_chart_that_there_is_not_is_refused(company: Cast) -> None:
    html = page(company.sue, f"{HERE}csv/luck/", status=404)
    assert "There is no chart “luck” to export." in html


def test_names_are_escaped_wherever_they_stand(company: Cast) -> None:
    User.objects.filter(pk=company.bea.pk).update(name="<b>Bea</b>")
    cast.case(company, owner_agent=company.bea)
    assert "<b>Bea" not in page(company.sue, HERE)
