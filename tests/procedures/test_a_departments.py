"""A8, F4, V1 and V2 for departments, as the procedures say them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.models import Case, Status
from heliodesk.feed.rules.posts import post
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db
LIST = "/departments/sales/"


@pytest.fixture
def asked(company: Cast, still: Clock) -> CaseAssignment:
    """What Frank's case asks of Sales."""
    case = cast.case(company, status=Status.INTERNAL_REFERRAL, customer_name="Mo Tanaka")
    return cast.assignment(company, case)


def test_a8_members_see_their_list_and_cases_and_change_nothing_else(
    company: Cast, asked: CaseAssignment
) -> None:
    other = cast.case(company, customer_name="Not Theirs")
    case = asked.case.get_absolute_url()
    for show in ("open", "mine", "overdue", "ended"):
        html = page(company.dora, f"{LIST}?show={show}")
        assert ("Mo Tanaka" in html) == (show == "open"), show
        assert "Not Theirs" not in html
    assert "Mo Tanaka" in page(company.dora, case)
    page(company.dora, other.get_absolute_url(), 404)
    send(company.dora, f"{case}posts/", body="Which month?")
    assert "Which month?" in page(company.dora, case)
    before = Case.objects.values().get(pk=asked.case_id)
    for act in ("closure/new/", "status/", "edit/", "owner/", "review/new/", "taking/",
                "assignments/new/"):  # fmt: skip
        answer = browser(company.dora).post(f"{case}{act}", {"status": "awaiting_customer"})
        assert answer.status_code in {403, 409, 422}, act
    assert Case.objects.values().get(pk=asked.case_id) == before
    accept_assignment(asked, by=actor(company.dora))
    assert "Mo Tanaka" in page(company.dora, f"{LIST}?show=mine")
    send(company.dora, f"/assignments/{asked}/completion/new/", resolution="Credited.")
    assert "Mo Tanaka" in page(company.dora, f"{LIST}?show=ended")
    assert "Credited." in page(company.dora, case)


def test_f4_left_alone_for_48_hours_it_is_overdue_for_department_owner_and_supervisors(
    company: Cast, asked: CaseAssignment, still: Clock
) -> None:
    places = [
        (company.dora, f"{LIST}?show=overdue"),
        (company.frank, f"{asked.case.get_absolute_url()}?tab=assignments"),
        (company.sue, "/departments/?show=overdue"),
    ]

    def overdue() -> list[bool]:
        listed = [str(asked) in page(who, at) for who, at in places if "show" in at]
        on_case = "overdue" in page(*places[1]).lower()
        on_desk = "Waits on Sales for long" in page(company.frank, "/")
        return [*listed, on_case, on_desk]

    still.move(hours=48, seconds=-1)
    assert overdue() == [False] * 4
    still.move(seconds=1)
    assert overdue() == [True] * 4
    post(asked.case, body="We look into it.", by=actor(company.dora))
    assert overdue() == [False] * 4


def test_v1_a_department_member_sees_what_is_theirs_and_what_to_do_next_and_why(
    company: Cast, asked: CaseAssignment, still: Clock
) -> None:
    still.move(hours=50)
    html = page(company.dora, "/")
    assert "Overdue: nobody has acted on it for 2 d 2 h" in html
    send(company.dora, f"/assignments/{asked}/acceptance/")
    html = page(company.dora, "/")
    assert "You accepted it" in html
    assert "Accepted by me" in html


def test_v1_an_agent_sees_which_of_their_cases_wait_on_a_department_for_long(
    company: Cast, asked: CaseAssignment, still: Clock
) -> None:
    still.move(hours=48)
    assert "Waits on Sales for long: no act for 2 d 0 h" in page(company.frank, "/")


def test_v2_departments_show_counts_and_the_age_of_the_oldest(
    company: Cast, asked: CaseAssignment, still: Clock
) -> None:
    still.move(days=4)
    cast.assignment(company, cast.case(company), created_at=still.at - timedelta(hours=1))
    for who in (company.frank, company.dora):
        html = page(who, "/departments/")
        row = html[html.index('href="/departments/sales/">Sales</a>') :]
        row = row[: row.index("</tr>")]
        assert 'data-label="Open">2<' in row
        assert "4 d 0 h" in row
        assert ">1<" in row  # overdue
