"""From the bar below a list to what came of each case (V3, K3)."""

from __future__ import annotations

import html
import re
from uuid import uuid4

import pytest

from heliodesk.bulk.models import BulkAction
from heliodesk.bulk.rules import starting
from heliodesk.bulk.views import beginning
from heliodesk.cases.models import Case, Priority
from heliodesk.feed.models import FeedItem
from heliodesk.people.models import User
from tests import cast
from tests.cast import Cast
from tests.screens import browser, page, send, words

pytestmark = pytest.mark.django_db
NEW = "/bulk-actions/new/"
SELECTION = "/bulk-actions/selection/"


@pytest.fixture
def cases(company: Cast) -> list[Case]:
    """Three cases of Frank's."""
    return [cast.case(company) for _ in range(3)]


def chosen(by: User, **fields: object) -> str:
    """Where the bar leads."""
    answer = browser(by).post(
        SELECTION, fields, headers={"referer": "http://testserver/cases/?x=1"}
    )
    assert answer.status_code == 303, words(answer)
    return str(answer["Location"])


def test_the_bar_leads_to_the_form_and_that_back_to_the_list(
    company: Cast, cases: list[Case]
) -> None:
    numbers = [case.display_number for case in cases]
    address = chosen(company.frank, act="set_priority", case=numbers)
    form = page(company.frank, address)
    assert "3 cases selected" in form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)) | {"priority": "1"}
    fields = {name: html.unescape(value) for name, value in fields.items()}
    assert send(company.frank, NEW, **fields) == "/cases/?x=1"
    assert set(Case.objects.values_list("priority", flat=True)) == {Priority.HIGH}


def test_from_what_is_no_address_the_bar_leads_back_to_my_desk(company: Cast) -> None:
    sent = {"act": "set_priority", "case": "1"}
    answer = browser(company.frank).post(SELECTION, sent, headers={"referer": "http://["})
    assert "back=/&" in answer["Location"]


def test_all_that_match_are_named_by_the_filter(company: Cast, cases: list[Case]) -> None:
    address = chosen(company.sue, act="close", everything="1", filter="all=open:is:yes")
    form = page(company.sue, address)
    assert "3 cases that match the list&#39;s filter" in form or "that match the list's" in form
    assert 'value="all=open:is:yes"' in form


def test_a_form_sent_twice_makes_one_action(company: Cast, cases: list[Case]) -> None:
    fields = {
        "act": "set_priority",
        "cases": cases[0].number,
        "priority": "1",
        "once": str(uuid4()),
    }
    client = browser(company.frank)
    first, second = (client.post(NEW, fields) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert BulkAction.objects.count() == 1
    assert FeedItem.objects.filter(kind="fields").count() == 1


def test_what_was_refused_leads_to_the_results_with_the_rule(
    company: Cast, cases: list[Case]
) -> None:
    foreign = cast.case(company, owner_agent=company.fiona)
    numbers = f"{cases[0].number},{foreign.number}"
    address = send(company.frank, NEW, act="close", cases=numbers, reason=company.resolved.pk)
    shown = page(company.frank, address)
    assert "Only the case owner or a supervisor may close it." in shown
    assert 'href="/guide/#K7"' in shown
    assert f'href="/cases/{foreign.display_number}/"' in shown
    assert "Try the 1 refused one again" in shown


def test_a_form_that_lacks_something_is_shown_again(company: Cast, cases: list[Case]) -> None:
    sent = {"act": "change_owner", "cases": cases[0].number, "reason": "Because"}
    shown = send(company.frank, NEW, 422, **sent)
    assert "Choose the new owner: a person or a queue." in shown
    assert "Because" in shown
    assert "Choose a Closed Reason." in send(
        company.frank, NEW, 422, act="close", cases=cases[0].number
    )


def test_many_are_asked_for_once_more_with_how_many_one_may_not_change(
    company: Cast, cases: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "FEW", 1)
    monkeypatch.setattr(beginning, "FEW", 1)
    cast.case(company, owner_agent=company.fiona)
    cast.case(company, status="closed")
    cast.case(company, status="internal_referral")
    sent = {
        "act": "close",
        "everything": "1",
        "filter": "all=customer:is:Maria Delgado",
        "reason": str(company.resolved.pk),
        "note": "Storm",
    }
    question = send(company.frank, NEW, 200, **sent)
    assert "Close as Resolved?" in question
    assert "All 6 cases of this filter" in question
    assert "1 is closed" in question
    assert "1 is not yours to change" in question
    assert "1 has open case assignments" in question
    assert not BulkAction.objects.exists()
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', question))
    fields.pop("csrfmiddlewaretoken", None)
    assert fields["confirmed"] == "6"
    address = send(company.frank, NEW, **fields)
    action = BulkAction.objects.get()
    assert address == f"/bulk-actions/{action.pk}/"
    assert (action.total, action.arguments["note"], action.has_ended) == (6, "Storm", False)
    assert "Running" in page(company.frank, address)
    assert "Stop" in page(company.frank, address)


def test_a_few_are_taken_at_one_press(company: Cast) -> None:
    waiting = [cast.case(company, owner_queue=company.homeowner_queue) for _ in range(2)]
    fields = {"act": "take", "case": [case.display_number for case in waiting]}
    assert chosen(company.bea, once=str(uuid4()), **fields) == "/cases/?x=1"
    assert set(Case.objects.filter(owner_agent=company.bea)) == set(waiting)


def test_the_button_of_a_row_takes_that_case_alone(company: Cast) -> None:
    one, other = (cast.case(company, owner_queue=company.homeowner_queue) for _ in range(2))
    chosen(company.bea, only=one.display_number, case=[other.display_number])
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.owner_agent, other.owner_agent) == (company.bea, None)


@pytest.mark.parametrize("act", ["take", "close", "change_owner", "set_priority"])
def test_nothing_selected_is_said(company: Cast, act: str) -> None:
    assert "No case is selected." in page(company.bea, f"{NEW}?act={act}", 409)


@pytest.mark.parametrize("address", [f"{NEW}?act=close&cases=1", f"{NEW}?act=take&cases=1"])
def test_a_department_member_is_told_at_once(company: Cast, address: str) -> None:
    page(company.dora, address, 403)


def test_an_unknown_act_and_a_wrong_filter_are_refused(company: Cast, cases: list[Case]) -> None:
    assert "does not do “drop”" in page(company.frank, f"{NEW}?act=drop&cases=1", 409)
    wrong = f"{NEW}?act=close&everything=1&filter=all%3Dstatus:is:odd"
    assert "The filter cannot be used as it stands" in page(company.frank, wrong, 409)


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com", "javascript:x"])
def test_nobody_is_led_elsewhere(company: Cast, cases: list[Case], back: str) -> None:
    sent = {"act": "set_priority", "cases": cases[0].number, "priority": "1", "back": back}
    assert send(company.frank, NEW, **sent).startswith("/bulk-actions/")
