"""The page of an assignment: what it says, who sees it, with how few statements (A8, K6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries, Settings

from heliodesk.assignments.models import CaseAssignment, FollowUp
from heliodesk.assignments.rules.ending import return_assignment
from heliodesk.assignments.rules.working import accept_assignment
from heliodesk.cases.models import Status
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from heliodesk.people.models import DepartmentMembership, Topic
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.screens import browser, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(company: Cast) -> CaseAssignment:
    """What Sales is asked, with all that there can be to it."""
    case = cast.case(company, status=Status.INTERNAL_REFERRAL)
    return cast.assignment(
        company,
        case,
        topic=Topic.objects.create(department=company.sales, name="Omnidian"),
        subtype=company.sales_reason.subtypes.create(name="Free months"),
        account_manager=company.sue,
        sales_manager=company.ada,
    )


def address(one: CaseAssignment, more: str = "") -> str:
    return f"/assignments/{one}/{more}"


def test_it_says_what_is_asked_by_whom_and_of_which_case(
    company: Cast, asked: CaseAssignment
) -> None:
    shown = page(company.dora, address(asked))
    for words in (
        str(asked), "Sales promise › Free months", "Who promised this?", "Omnidian", "Sue Tester",
        "Ada Tester", "Frank Tester", "Nobody yet", asked.case.display_number, "Maria Delgado",
        "None yet",
    ):  # fmt: skip
        assert words in shown, words


@pytest.mark.parametrize("written", ["CA-00001", "ca-1", "1"])
def test_it_is_found_however_its_number_is_written(
    company: Cast, asked: CaseAssignment, written: str
) -> None:
    number = written.replace("00001", f"{asked.pk:05d}").replace("1", str(asked.pk))
    number = number if "CA" not in written else str(asked)
    assert str(asked) in page(company.dora, f"/assignments/{number}/")


def test_what_became_of_it_stands_in_its_history(company: Cast, asked: CaseAssignment) -> None:
    accept_assignment(asked, by=actor(company.dora))
    return_assignment(asked, reason="The **contract** is missing.", by=actor(company.dora))
    shown = page(company.dora, address(asked))
    history = shown[shown.index('id="history-title"') : shown.index('aria-label="The case"')]
    assert history.index("accepted") < history.index("returned")
    assert "<strong>contract</strong>" in history
    assert "Returned" in shown
    assert "/acceptance/" not in shown


def test_a_follow_up_shows_the_time_left_and_then_that_it_was_escalated(
    company: Cast, asked: CaseAssignment, still: Clock
) -> None:
    follow_up = FollowUp.objects.create(
        assignment=asked,
        asked_at=still.at,
        asked_by=company.frank,
        escalates_at=still.at + timedelta(hours=48),
    )
    still.move(hours=8)
    assert "1 d 16 h left to answer before it is escalated" in page(company.dora, address(asked))
    FollowUp.objects.filter(pk=follow_up.pk).update(escalated_at=still.at)
    assert "Nobody of Sales has answered" in page(company.dora, address(asked))


def test_it_says_when_it_is_overdue(company: Cast, asked: CaseAssignment, still: Clock) -> None:
    CaseAssignment.objects.filter(pk=asked.pk).update(acted_at=still.at)
    still.move(hours=48, seconds=-1)
    assert "Overdue" not in page(company.dora, address(asked))
    still.move(seconds=1)
    assert "Overdue" in page(company.dora, address(asked))


def test_whoever_may_act_finds_the_acts_and_others_why_not(
    company: Cast, asked: CaseAssignment
) -> None:
    shown = page(company.dora, address(asked))
    assert f'action="/assignments/{asked}/acceptance/"' in shown
    assert "accept it first" in shown  # completing is the assignee's
    accept_assignment(asked, by=actor(company.dora))
    shown = page(company.dora, address(asked))
    for act in ("completion/new/", "return/new/", "rejection/new/", "release/"):
        assert address(asked, act) in shown
    DepartmentMembership.objects.create(department=company.sales, user=company.fiona)
    assert address(asked, "takeover/") in page(company.fiona, address(asked))
    shown = page(company.frank, address(asked))
    assert "Members of Sales accept, complete, reject or return it" in shown
    assert "completion/new/" not in shown


def test_feed_and_files_of_the_case_stand_beside_it_and_lead_back(
    company: Cast, asked: CaseAssignment, settings: Settings, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    post(asked.case, body="Please look.", by=actor(company.frank))
    assert "Please look." in page(company.dora, address(asked))
    client = browser(company.dora)
    back = address(asked)
    posts = f"{asked.case.get_absolute_url()}posts/?back={back}"
    answer = client.post(posts, {"body": "I see."})
    item = FeedItem.objects.get(body="I see.")
    assert answer["Location"] == f"{back}#item-{item.pk}"
    files = f"{asked.case.get_absolute_url()}files/?back={back}?tab=files"
    answer = client.post(files, {"files": [SimpleUploadedFile("a.txt", b"a")]})
    assert answer["Location"] == f"{back}?tab=files#files"
    assert "a.txt" in page(company.dora, address(asked, "?tab=files"))
    assert "Autopay was charged twice" in page(company.dora, address(asked, "?tab=details"))


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "/\\x", "/admin/"])
def test_nobody_is_led_away_from_the_desk(
    company: Cast, asked: CaseAssignment, elsewhere: str
) -> None:
    answer = browser(company.dora).post(address(asked, "acceptance/"), {"back": elsewhere})
    assert answer["Location"] == address(asked)


@pytest.mark.parametrize("tab", ["", "?tab=details", "?tab=files", "?tab=odd", "?show=posts"])
def test_at_most_eight_statements(
    company: Cast,
    asked: CaseAssignment,
    tab: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        post(asked.case, body=f"Post {number}", by=actor(company.frank))
    client = browser(company.dora)
    client.get(address(asked, tab))  # names of set-up data are kept from here on
    with django_assert_max_num_queries(8):
        assert client.get(address(asked, tab)).status_code == 200


@pytest.mark.parametrize(
    "act", ["", "acceptance/", "takeover/", "release/", "completion/new/", "rejection/new/",
            "return/new/"]
)  # fmt: skip
def test_for_an_outsider_it_is_not_there(company: Cast, asked: CaseAssignment, act: str) -> None:
    client = browser(company.oscar)
    for one in (str(asked), "CA-99999", "x", "9" * 30):
        for ask in (client.get, client.post):
            answer = ask(f"/assignments/{one}/{act}")
            assert answer.status_code in {404, 405}, (one, act)
    assert CaseAssignment.objects.get(pk=asked.pk).status == "open"
