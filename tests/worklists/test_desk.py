"""My desk: what is in hand, what is due, what to do next and why (V1, L7)."""

from __future__ import annotations

import html as markup
import re
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.cases.models import Case, Closure, Interaction, Priority, Status
from heliodesk.cases.rules.follow_up_date import set_follow_up
from heliodesk.feed.models import FeedItem
from heliodesk.list_views.models import ListLayout
from heliodesk.notices.models import Notice, NoticeKind
from heliodesk.worklists.queries import desk
from heliodesk.worklists.views import groups
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.worklists.pages import numbers, page, signed_in

pytestmark = pytest.mark.django_db


def test_my_open_cases_stand_by_status(company: Cast) -> None:
    new = cast.case(company)
    waits = cast.case(company, status=Status.AWAITING_CUSTOMER)
    cast.case(company, status=Status.CLOSED)
    cast.case(company, owner_agent=company.fiona)

    html = page(company.frank, "/")

    assert numbers(html) == [new.display_number, waits.display_number]
    assert html.index(">New<") < html.index("In Progress - Awaiting Customer Response")


def test_my_cases_sort_by_a_column(company: Cast) -> None:
    cases = [cast.case(company) for _ in range(3)]
    shown = numbers(page(company.frank, "/?sort=-number"))
    assert shown == [case.display_number for case in reversed(cases)]


def test_eight_statements_at_most(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        cast.case(company, owner_agent=company.bea)
    browser = signed_in(company.bea)
    with django_assert_max_num_queries(8):
        browser.get("/")


def test_what_came_back_comes_before_high_priority_and_what_is_due(
    company: Cast, still: Clock
) -> None:
    due = cast.case(company, customer_name="Dee Due", created_at=still.at - timedelta(days=3))
    high = cast.case(company, customer_name="Hal High", priority=Priority.HIGH)
    back = cast.case(company, customer_name="Bo Back", status=Status.AWAITING_SUPPORT)
    Closure.objects.create(
        case=back,
        reason=company.resolved,
        closed_at=still.at - timedelta(hours=2),
        closed_by=company.frank,
        reopened_at=still.at,
        reopened_by=company.fiona,
    )
    html = page(company.frank, "/")
    steps = html[html.index("Do next") : html.index("My open cases")]
    places = [steps.index(case.customer_name) for case in (back, high, due)]
    assert places == sorted(places)
    for why in ("Came back: reopened under 1 min ago", "High priority", "Due for review"):
        assert why in steps


def test_a_customer_who_got_in_touch_is_a_reason(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.AWAITING_CUSTOMER)
    item = FeedItem.objects.create(case=case, kind="interaction", at=still.at)
    Notice.objects.create(
        recipient=company.frank, case=case, item=item, kind=NoticeKind.CUSTOMER, at=still.at
    )
    html = page(company.frank, "/")
    assert "The customer got in touch under 1 min ago" in html
    assert "Unread notices" in html
    # Boosted, the redirect would lose the place of the post (C2).
    assert f'href="/notices/{Notice.objects.get().pk}/" hx-boost="false"' in html


def test_waiting_on_a_department_for_long_is_a_reason(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    asked = cast.assignment(company, case, created_at=still.at - timedelta(hours=47))
    assert "for long" not in page(company.frank, "/?only=referral")
    still.move(hours=1)
    html = page(company.frank, "/?only=referral")
    assert "Waits on Sales for long: no act for 2 d 0 h" in html
    assert numbers(html) == [case.display_number]
    CaseAssignment.objects.filter(pk=asked.pk).update(acted_at=still.at)
    assert "for long" not in page(company.frank, "/?only=referral")


def test_a_follow_up_that_was_escalated_is_a_reason(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    follow_up = FollowUp.objects.create(
        assignment=cast.assignment(company, case),
        asked_at=still.at,
        asked_by=company.frank,
        escalates_at=still.at + timedelta(hours=48),
    )
    assert "did not answer" not in page(company.frank, "/")
    FollowUp.objects.filter(pk=follow_up.pk).update(escalated_at=still.at)
    assert "Escalated: Sales did not answer a follow-up" in page(company.frank, "/")
    FollowUp.objects.filter(pk=follow_up.pk).update(ended_at=still.at)
    assert "did not answer" not in page(company.frank, "/")


@pytest.mark.parametrize("status", ["rejected", "returned", "completed", "withdrawn"])
def test_a_case_to_be_voided_comes_first(company: Cast, still: Clock, status: str) -> None:
    company.sales.voids_case = True
    company.sales.save()
    case = cast.case(company, status=Status.AWAITING_SUPPORT)
    cast.assignment(
        company, case, status=status, ended_at=still.at, ended_by=company.dora, outcome="No",
        **{"assignee": company.dora, "accepted_at": still.at} if status == "completed" else {},
    )  # fmt: skip
    said = "Should be closed as Case Voided" in page(company.frank, "/")
    assert said == (status in {"rejected", "returned"})


def test_that_the_last_assignment_ended_is_a_reason(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.AWAITING_SUPPORT)
    item = FeedItem.objects.create(case=case, kind="assignment_completed", at=still.at)
    Notice.objects.create(
        recipient=company.frank, case=case, item=item, kind=NoticeKind.ASSIGNMENT_ENDED, at=still.at
    )
    assert "Came back: its last assignment ended under 1 min ago" in page(company.frank, "/")


def test_supervisors_see_how_much_is_overdue(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, case, created_at=still.at - timedelta(days=3))
    browser = signed_in(company.sue)
    browser.get("/")  # names of set-up data are kept from here on
    with django_assert_max_num_queries(8):
        html = browser.get("/").content.decode()
    assert '<a href="/departments/?show=overdue"><strong>1</strong> overdue</a> of 1 open' in html
    assert "/departments/?show=overdue" not in page(company.frank, "/")


def test_what_i_closed_shows_the_time_left_to_reopen_it(company: Cast, still: Clock) -> None:
    two_hours_ago = still.at - timedelta(hours=2)
    cast.case(company, status=Status.CLOSED, closed_at=two_hours_ago, customer_name="Cy Closed")
    html = page(company.frank, "/")
    assert "Cy Closed" in html
    assert "4 h 0 min left" in html
    still.move(hours=4, seconds=1)
    assert "Cy Closed" not in page(company.frank, "/")


def test_my_queues_stand_on_the_desk_with_take_next(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    html = page(company.bea, "/")
    assert 'action="/queues/homeowner/next/"' in html
    assert 'action="/queues/' not in page(company.frank, "/")


def test_an_empty_desk_is_friendly(company: Cast) -> None:
    assert "You have no open case" in page(company.fiona, "/")


@pytest.mark.parametrize("who", ["dora", "oscar"])
def test_a_department_member_has_an_empty_desk(company: Cast, who: str) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    html = page(getattr(company, who), "/")
    assert "Nothing is asked of your department" in html
    assert numbers(html) == []
    assert "/queues/" not in html


def test_a_supervisor_sees_who_has_how_much(company: Cast, still: Clock) -> None:
    case = cast.case(company, created_at=still.at - timedelta(days=3), priority=Priority.HIGH)
    html = page(company.sue, "/people/")
    assert "Frank Tester" in html
    assert numbers(page(company.sue, f"/people/{company.frank.pk}/")) == [case.display_number]


def test_a_supervisor_sees_who_has_room_in_any_order_and_of_a_queue(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for days in (1, 3):
        cast.case(company, created_at=still.at - timedelta(days=days))
    cast.case(company, owner_agent=company.bea, created_at=still.at - timedelta(days=9))

    def names(url: str) -> list[str]:
        return re.findall(r'href="/people/\d+/">(\w+) Tester<', page(company.sue, url))

    assert names("/people/")[:3] == ["Frank", "Bea", "Bob"]
    assert names("/people/?sort=-oldest")[:2] == ["Bea", "Frank"]
    assert names("/people/?sort=open")[-1] == "Frank"
    assert names("/people/?sort=name")[0] == "Bea"
    assert names("/people/?queue=homeowner&sort=open") == ["Bob", "Bea"]
    assert names("/people/?queue=none&sort=none")[0] == "Frank"
    assert "Sue" not in names("/people/")
    browser = signed_in(company.sue)
    with django_assert_max_num_queries(8):
        browser.get("/people/")


@pytest.mark.parametrize("who", ["frank", "bea", "dora"])
def test_nobody_else_does(company: Cast, who: str) -> None:
    browser = signed_in(getattr(company, who))
    for url in ("/people/", f"/people/{company.frank.pk}/"):
        assert browser.get(url).status_code == 403


def test_a_follow_up_date_that_has_come_is_the_first_reason(company: Cast, still: Clock) -> None:
    cast.case(company, priority=Priority.HIGH)
    later = cast.case(company)
    set_follow_up(
        later, at=still.at + timedelta(hours=2), what_for="Call Maria back", by=actor(company.frank)
    )
    assert "Call Maria back" not in page(company.frank, "/")
    still.move(hours=3)
    html = page(company.frank, "/")
    assert "Call Maria back: due 1 h 0 min ago" in html
    assert html.index("Call Maria back") < html.index("High priority · ")


def test_what_to_do_next_holds_with_its_notices_read_and_has_one_action(
    company: Cast, still: Clock
) -> None:
    spoke = cast.case(company, customer_name="Spoke")
    came = cast.case(company, customer_name="Came", status="awaiting_support")
    calm = cast.case(company, customer_name="Calm", status="awaiting_customer")
    cast.assignment(company, came, status="completed", ended_at=still.move(hours=1))
    for case, by in ((spoke, company.fiona), (calm, company.frank)):
        Interaction.objects.create(
            account=case.account, case=case, channel="phone", about="When?", resolved=False,
            at=still.at, by=by,
        )  # fmt: skip
    html = page(company.frank, "/")
    steps = html[html.index("Do next") : html.index("My open cases")]
    assert steps.index("Spoke") < steps.index("Came")
    assert "Calm" not in steps
    assert f'href="/cases/{spoke.display_number}/?tab=related"' in steps
    assert f'href="/cases/{came.display_number}/?tab=assignments"' in steps
    assert "Came back: its last assignment ended" in steps


def test_eighty_cases_show_the_first_and_say_how_many_there_are(
    company: Cast, still: Clock, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(80):
        cast.case(company, customer_name=f"Customer {number}", priority=1 if number % 4 else 2)
    still.move(minutes=5)
    client = signed_in(company.frank)
    client.get("/")
    with django_assert_max_num_queries(8):
        html = client.get("/").content.decode()
    steps = html[html.index("Do next") : html.index("My open cases")]
    assert steps.count("next__step") == 6
    assert '<span class="panel__count">80</span>' in steps
    assert steps.count(">Assign</a>") == 6
    assert 'href="/?next=all#next">All 80<' in steps
    html = client.get("/?next=all").content.decode()
    steps = html[html.index("Do next") : html.index("My open cases")]
    assert (steps.count("next__step"), "next=all" in steps) == (80, False)


def many(company: Cast, count: int) -> None:
    """So many new cases of Frank's, copied from one, every fourth of normal priority."""
    one = cast.case(company)
    fields = {
        field.attname: getattr(one, field.attname)
        for field in Case._meta.concrete_fields
        if field.name not in {"id", "number", "priority"}
    }
    Case.objects.bulk_create(Case(**fields, priority=1 if n % 4 else 2) for n in range(1, count))


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page reads six cases and shows three of a group."""
    monkeypatch.setattr(desk, "MOST", 6)
    monkeypatch.setattr(groups, "SHOWN", 3)


@pytest.mark.usefixtures("few")
def test_a_group_shows_its_first_and_leads_to_the_list_of_all(company: Cast) -> None:
    many(company, 5)
    cast.case(company, status=Status.AWAITING_CUSTOMER)
    html = page(company.frank, "/?sort=-number")
    assert len(numbers(html)) == 4
    assert "The first 3." in html
    url = "/cases/?all=owner_agent:is:me&amp;all=status:is:new&amp;sort=-number"
    assert f'href="{url}">All 5 ' in html
    assert numbers(page(company.frank, markup.unescape(url)))[:3] == numbers(html)[:3]
    assert html.count("as a list</a>") == 1


@pytest.mark.usefixtures("few")
def test_the_counts_are_of_all_cases_however_many(
    company: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(company, 9)
    browser = signed_in(company.frank)
    browser.get("/")
    with django_assert_max_num_queries(8):
        html = browser.get("/").content.decode()
    assert re.findall(r'tile__number">(\d+)<', html) == ["9", "0", "6", "0"]
    assert "All 9 " in html
    assert "looks at the first 6 " in html
    high = page(company.frank, "/?only=high")
    assert "all=priority:is:high" in high
    assert "All 6 " in high


def test_a_group_stays_folded_for_the_person_until_it_is_opened(company: Cast) -> None:
    case = cast.case(company)
    waits = cast.case(company, status=Status.AWAITING_CUSTOMER)
    browser = signed_in(company.frank)
    for folded, shown in (("1", [waits]), ("1", [waits]), ("0", [case, waits])):
        sent = {"group": "new", "folded": folded, "sort": "-number"}
        answer = browser.post("/desk/groups/", sent)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/?sort=-number#group-new")
        html = browser.get("/").content.decode()
        assert numbers(html) == [one.display_number for one in shown]
        assert '<span class="tile__number">2<' in html  # what is folded away still counts
    signed_in(company.frank).post("/desk/groups/", {"group": "new", "folded": "1"})
    assert numbers(page(company.frank, "/?only=high")) == []
    assert len(numbers(page(company.sue, f"/people/{company.frank.pk}/"))) == 2


def test_a_tile_shows_its_cases_from_folded_groups_too(company: Cast) -> None:
    case = cast.case(company, priority=Priority.HIGH)
    signed_in(company.frank).post("/desk/groups/", {"group": "new", "folded": "1"})
    assert numbers(page(company.frank, "/?only=high")) == [case.display_number]
    assert "fold__button" not in page(company.frank, "/?only=high")


@pytest.mark.parametrize("group", ["closed", "", "nonsense"])
def test_there_is_no_other_group_to_fold(company: Cast, group: str) -> None:
    answer = signed_in(company.frank).post("/desk/groups/", {"group": group, "folded": "1"})
    assert answer.status_code == 409
    assert not ListLayout.objects.exists()


def test_a_row_is_rendered_once_and_its_ages_grow(company: Cast, still: Clock) -> None:
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    cast.assignment(company, case, created_at=still.at - timedelta(hours=5))
    first = page(company.frank, "/")
    still.move(hours=1)
    second = page(company.frank, "/")
    for html, hours in ((first, 5), (second, 6)):
        row = html[html.index("data-row") :]
        assert re.search(rf"Waits on Sales <time [^>]*>{hours} h 0 min</time>", row)
    assert ">1 h 0 min</time>" in second[second.index("data-row") :]
