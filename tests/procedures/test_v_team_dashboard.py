"""V5: the team dashboard, as the procedures say it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.clocks import Clock
from tests.dashboards.desk import board, in_list, links, little
from tests.screens import browser, page

pytestmark = pytest.mark.django_db
HERE = "/dashboards/team/"


def test_v5_the_team_dashboard_shows_what_the_procedure_names(company: Cast, still: Clock) -> None:
    little(company, still)
    html = page(company.sue, HERE)
    for words in (
        "Created and closed",
        "Open by age and status",
        "Queues",
        "Agents",
        "Departments",
        "Time to accept",
        "Time to finish",
        "Sent back",
        "Closed Reasons",
        "Reopened",
        "Reviewed in time",
    ):
        assert words in html


def test_v5_its_charts_open_the_cases_behind_them(company: Cast, still: Clock) -> None:
    little(company, still)
    for count, address in links(board("range=90d")).values():
        assert in_list(address, company) == count


def test_v5_it_is_for_supervisors(company: Cast, still: Clock) -> None:
    assert browser(company.sue).get(HERE).status_code == 200
    assert browser(company.bea).get(HERE).status_code == 403


def test_v5_it_is_exported_as_csv(company: Cast, still: Clock) -> None:
    little(company, still)
    text = browser(company.sue).get(f"{HERE}csv/").content.decode("utf-8-sig")
    assert "Departments,Sales,Overdue,1" in text
