"""The figures of the team dashboard against a little desk counted by hand (V5)."""

from __future__ import annotations

import pytest

from heliodesk.dashboards.sheets import Cell
from tests.cast import Cast
from tests.clocks import Clock
from tests.dashboards.desk import board, figures, in_list, links, little, tiles

pytestmark = pytest.mark.django_db


def test_what_presses_stands_first(company: Cast, still: Clock) -> None:
    little(company, still)
    shown = board()
    assert tiles(shown) == {
        "Due for review": 3,  # of Bea, Bob and Ines; the queues' have no owner who is late
        "Waiting in queues": 3,
        "Overdue with departments": 1,
        "Follow-ups unanswered": 1,
        "Open cases": 9,
        "Reopened": 2,
    }
    notes = [tile.note for tile in shown.tiles]
    assert notes[:4] == ["50% reviewed in time", "oldest 40 d 0 h", "of 2 referred", "1 escalated"]


def test_created_and_closed_are_of_days_of_the_desk_over_the_change_of_clocks(
    company: Cast, still: Clock
) -> None:
    little(company, still)
    days = figures(board("range=7d"), "flow")
    assert list(days) == ["Oct 27", "Oct 28", "Oct 29", "Oct 30", "Oct 31", "Nov 1", "Nov 2"]
    assert days["Nov 1"] == [1, 2]  # created 30 hours ago; closed in its first and last second
    assert days["Nov 2"] == [1, 1]
    assert days["Oct 31"] == [1, 0]  # the reopened one is open: its closing does not count
    assert days["Oct 30"] == [2, 0]


def test_the_backlog_is_what_was_open_at_the_end_of_each_day(company: Cast, still: Clock) -> None:
    little(company, still)
    days = {label: values[0] for label, values in figures(board("range=7d"), "backlog").items()}
    assert days == {
        "Oct 27": 5,
        "Oct 28": 6,
        "Oct 29": 7,
        "Oct 30": 9,
        "Oct 31": 10,
        "Nov 1": 9,
        "Nov 2": 9,
    }


def test_the_backlog_of_a_range_that_has_passed_knows_what_came_since(
    company: Cast, still: Clock
) -> None:
    little(company, still)
    days = figures(board("range=own&from=2026-10-28&to=2026-10-30"), "backlog")
    assert days == {"Oct 28": [6], "Oct 29": [7], "Oct 30": [9]}


def test_open_cases_stand_by_age_and_status(company: Cast, still: Clock) -> None:
    little(company, still)
    assert figures(board(), "ages") == {  # New, Awaiting Support, Referral, Awaiting Response
        "Today": [1, 0, 0, 0],
        "1–2 days": [2, 0, 0, 0],
        "3–6 days": [1, 0, 1, 1],
        "1–4 weeks": [1, 0, 1, 0],
        "30 days +": [1, 0, 0, 0],
    }


def test_queues_say_what_waits_since_when_and_what_was_taken(company: Cast, still: Clock) -> None:
    little(company, still)
    assert figures(board(), "queues") == {
        "Back Office Task Queue – Homeowner": [2, 96.0, 1],
        "Back Office Task Queue – Installer": [1, 960.0, 0],
    }


def test_agents_stand_with_their_review_discipline_the_most_due_first(
    company: Cast, still: Clock
) -> None:
    little(company, still)
    agents = figures(board(), "agents")  # open, due, share in time, closed, reviews logged
    assert agents["Bea Tester"] == [3, 1, 66.7, 0, 1]
    assert agents["Bob Tester"] == [1, 1, 0.0, 0, 0]
    assert agents["Frank Tester"] == [0, 0, None, 3, 0]
    assert set(list(agents)[:3]) == {"Bea Tester", "Bob Tester", "Ines Tester"}
    assert "Sue Tester" not in agents  # a supervisor without a case


def test_agents_are_sorted_by_any_figure(company: Cast, still: Clock) -> None:
    little(company, still)
    assert next(iter(figures(board("sort=-closed"), "agents"))) == "Frank Tester"
    assert next(iter(figures(board("sort=reviewed"), "agents"))) == "Bob Tester"
    assert next(iter(figures(board("sort=-name"), "agents"))) == "Ines Tester"


def test_departments_say_how_long_they_take_and_what_they_send_back(
    company: Cast, still: Clock
) -> None:
    little(company, still)
    found = figures(board(), "departments")
    open_, overdue, *_ = found["Sales"]
    assert (open_, overdue) == (1, 1)
    # Accepted after two hours; ended after ten and thirty; the withdrawn one is not its doing.
    assert found["Sales"][2:] == [2.0, 2.0, 20.0, 28.0, 2, 50.0, 1]
    assert found["Legal"] == [1, 0, 4.0, 4.0, None, None, 0, None, 0]


def test_reasons_and_request_types_the_most_first(company: Cast, still: Clock) -> None:
    little(company, still)
    assert figures(board(), "reasons") == {"Resolved": [3]}
    types = figures(board(), "types")
    assert list(types.items()) == [
        ("Billing and payments", [9]),
        ("System performance", [1]),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "range=7d",
        "range=90d",
        "range=own&from=2026-10-20&to=2026-10-31",
        "range=month&queue=homeowner",
        "team=members.homeowner",
        "team=department.sales&range=90d",
        "type=installer&range=90d",
        "type=homeowner&team=members.homeowner",
    ],
)
def test_every_figure_is_the_number_of_cases_in_the_list_that_it_opens(
    company: Cast, still: Clock, query: str
) -> None:
    little(company, still)
    found = links(board(query))
    assert len(found) > 5
    listed = {name: in_list(address, company) for name, (_, address) in found.items()}
    assert listed == {name: count for name, (count, _) in found.items()}


#: Sheets of counts, with the places of those that can be added up.
COUNTED = {
    "flow": (0, 1),
    "backlog": (0,),
    "ages": (0, 1, 2, 3),
    "queues": (0,),
    "agents": (0, 1, 3),
    "departments": (0, 1, 6, 8),
    "reasons": (0,),
    "types": (0,),
}


@pytest.mark.parametrize(
    "days", ["range=7d", "range=30d", "range=90d", "range=own&from=2026-10-28&to=2026-10-31"]
)
def test_all_cases_which_are_read_another_way_come_to_what_both_case_types_come_to(
    company: Cast, still: Clock, days: str
) -> None:
    little(company, still)
    whole, parts = board(days), [board(f"{days}&type={one}") for one in ("homeowner", "installer")]
    for key, places in COUNTED.items():
        found = [figures(part, key) for part in parts]
        for label, values in figures(whole, key).items():
            lines = [one[label] for one in found if label in one]
            for place in places:
                assert values[place] == sum(line[place] or 0 for line in lines), (key, label)
    assert tiles(whole) == {name: sum(tiles(part)[name] for part in parts) for name in tiles(whole)}


def test_a_team_is_the_members_of_a_queue_and_a_type_is_only_that_type(
    company: Cast, still: Clock
) -> None:
    little(company, still)
    team = board("team=members.homeowner")
    assert list(figures(team, "agents")) == ["Bea Tester", "Bob Tester"]
    assert tiles(team)["Open cases"] == 4
    assert tiles(board("type=installer"))["Open cases"] == 2
    assert tiles(board("team=department.sales"))["Open cases"] == 1
    assert list(figures(board("team=department.sales"), "departments")) == ["Sales"]
    assert tiles(board("queue=homeowner"))["Open cases"] == 2
    assert len(board("queue=homeowner").sheets["queues"].rows) == 1


def test_an_empty_desk_has_no_figures(company: Cast, still: Clock) -> None:
    shown = board()
    assert set(tiles(shown).values()) == {0}
    empty = {"flow", "backlog", "ages", "departments", "reasons", "types"}
    assert all(shown.sheets[key].is_empty for key in empty)


def test_a_figure_of_nothing_leads_nowhere(company: Cast, still: Clock) -> None:
    cells: list[Cell] = [
        cell for sheet in board().sheets.values() for row in sheet.rows for cell in row.cells
    ]
    assert cells
    assert not any(cell.url for cell in cells)


def test_a_long_range_is_shown_by_weeks_from_monday_on(company: Cast, still: Clock) -> None:
    little(company, still)
    weeks = figures(board("range=90d"), "flow")
    assert list(weeks)[:2] == ["Aug 5", "Aug 10"]
    assert list(weeks)[-2:] == ["Oct 26", "Nov 2"]
    assert sum(values[1] or 0 for values in weeks.values()) == 4
