"""Jira's remote link back to the case: once by its `globalId`, whatever fails when (J1, J2)."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from heliodesk.cases.models import Case, JiraLink, RemoteLink
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.jira_links import link_jira, unlink_jira
from heliodesk.cases.rules.reopening import reopen
from heliodesk.core import clock
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted
from heliodesk.integrations.jira import guard, telling
from heliodesk.integrations.jira.jobs import refresh_tickets, tell_jira, tell_jira_again
from heliodesk.integrations.jira.models import JiraSettings
from heliodesk.integrations.jira.rules.telling import take_link, was_told
from heliodesk.integrations.jira.tickets import read_ticket
from heliodesk.people.access import SYSTEM, Actor
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.integrations.jira.conftest import set_up
from tests.integrations.jira.server import JiraServer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _address(settings: Settings) -> None:
    settings.ADDRESS = "https://desk.example.com"


@pytest.fixture
def frank(company: Cast) -> Actor:
    return actor(company.frank)


@pytest.fixture
def case(company: Cast) -> Case:
    return cast.case(company)


def linked(
    case: Case, jira: JiraServer, by: Actor, key: str = "SOL-1", *, url: str = ""
) -> JiraLink:
    jira.has(key, "Inverters go offline")
    return link_jira(case, ticket=read_ticket(url or key), by=by)


def remote(jira: JiraServer, key: str = "SOL-1") -> list[dict[str, Any]]:
    return list(jira.links.get(key, {}).values())


def state(link: JiraLink) -> tuple[str, str]:
    link.refresh_from_db()
    return link.told, link.told_problem


def test_the_link_back_is_made_once_and_says_nothing_of_the_customer(
    jira: JiraServer, case: Case, frank: Actor
) -> None:
    link = linked(case, jira, frank)
    tell_jira()
    tell_jira_again()
    assert state(link) == (RemoteLink.MADE, "")
    assert link.told_at
    (there,) = remote(jira)
    assert there["globalId"] == link.global_id
    assert there["object"] == {
        "url": f"https://desk.example.com/cases/{case.display_number}/",
        "title": f"Case {case.display_number}",
        "summary": "Billing and payments: Autopay",
        "status": {"resolved": False},
    }
    assert len(jira.asked) == 1


def test_resolved_when_the_case_closes_and_not_when_it_reopens(
    jira: JiraServer, case: Case, company: Cast, frank: Actor
) -> None:
    linked(case, jira, frank)
    tell_jira()
    close(case, reason=company.resolved, by=frank)
    tell_jira()
    assert [one["object"]["status"] for one in remote(jira)] == [{"resolved": True}]
    reopen(case, by=frank)
    tell_jira()
    assert [one["object"]["status"] for one in remote(jira)] == [{"resolved": False}]


def test_taken_away_the_remote_link_goes_too(jira: JiraServer, case: Case, frank: Actor) -> None:
    link = linked(case, jira, frank)
    tell_jira()
    unlink_jira(case, link_id=link.pk, by=frank)
    tell_jira()
    assert remote(jira) == []
    assert state(link) == (RemoteLink.NONE, "")
    unlinked_before_told = linked(case, jira, frank, "SOL-2")
    unlink_jira(case, link_id=unlinked_before_told.pk, by=frank)
    tell_jira()
    assert state(unlinked_before_told) == (RemoteLink.NONE, "")


def test_jira_down_it_waits_longer_and_longer_and_is_made_at_last(
    cloud: JiraServer, case: Case, frank: Actor, still: Clock
) -> None:
    link = linked(case, cloud, frank)
    cloud.refuses(500)
    waits = []
    for _ in range(4):
        tell_jira()
        link.refresh_from_db()
        assert link.told == RemoteLink.WAITING
        assert "fault of its own (500)" in link.told_problem
        assert link.due_at
        waits.append((link.due_at - clock.now()).total_seconds())
        still.move(seconds=waits[-1])
    assert waits == [30, 30, 80, 320]
    cloud.trouble = None
    tell_jira_again()
    assert state(link) == (RemoteLink.MADE, "")
    notes = AuditEntry.objects.filter(kind="jira_link_not_made")
    assert notes.count() == 1  # the same reason is not written again and again


def test_429_puts_all_off_until_jira_wants_them(
    cloud: JiraServer, case: Case, frank: Actor, still: Clock
) -> None:
    links = [linked(case, cloud, frank, f"SOL-{number}") for number in (1, 2, 3)]
    cloud.refuses(429, Retry_After="120")
    for _ in range(3):
        tell_jira()
    assert len(cloud.asked) == 1
    cloud.trouble = None
    still.move(seconds=120)
    tell_jira()
    assert [state(link)[0] for link in links] == [RemoteLink.MADE] * 3


def test_a_ticket_that_may_not_be_linked_is_refused_and_the_others_go_on(
    cloud: JiraServer, case: Case, frank: Actor
) -> None:
    gone, other = linked(case, cloud, frank, "SOL-1"), linked(case, cloud, frank, "SOL-2")
    del cloud.issues["SOL-1"]
    tell_jira()
    assert state(gone) == (
        RemoteLink.REFUSED, "Jira has no such ticket, or does not show it to the desk (404)",
    )  # fmt: skip
    assert state(other)[0] == RemoteLink.MADE
    assert not guard.pause()
    cloud.forbidden = True
    third = linked(case, cloud, frank, "SOL-3")
    tell_jira()
    assert "No Link Issue Permission" in state(third)[1]


def test_set_up_anew_what_waits_and_what_was_refused_is_tried_at_once(
    cloud: JiraServer, case: Case, company: Cast, frank: Actor
) -> None:
    link = linked(case, cloud, frank)
    cloud.refuses(401)
    tell_jira()
    assert "does not take the desk's token" in state(link)[1]
    cloud.trouble = None
    set_up(cloud, company)
    tell_jira()
    assert state(link)[0] == RemoteLink.MADE


def test_a_token_sealed_with_another_key_is_said_to_be_so(
    cloud: JiraServer, case: Case, company: Cast, frank: Actor, settings: Settings
) -> None:
    link = linked(case, cloud, frank)
    settings.SECRET_KEY = "another"
    tell_jira()
    refresh_tickets()
    assert state(link)[1].startswith("The desk cannot read its Jira token any more")
    assert not cloud.asked
    set_up(cloud, company)
    tell_jira()
    assert state(link)[0] == RemoteLink.MADE


@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_point_the_remote_link_is_there_once(
    cloud: JiraServer,
    case: Case,
    frank: Actor,
    still: Clock,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
) -> None:
    link = linked(case, cloud, frank)

    class KilledError(BaseException):
        """The process ends here."""

    def killed(*args: object, **named: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(telling, "remote_link" if moment == "before" else "was_told", killed)
        with pytest.raises(KilledError):
            tell_jira()
    tell_jira()  # somebody has taken it, for all that is known
    assert state(link)[0] == RemoteLink.WAITING
    still.move(seconds=61)
    tell_jira()
    assert state(link)[0] == RemoteLink.MADE
    assert len(remote(cloud)) == 1


def test_what_changes_while_jira_is_being_told_is_told_after(
    cloud: JiraServer, case: Case, company: Cast, frank: Actor
) -> None:
    link = linked(case, cloud, frank)
    taken = take_link(by=SYSTEM)
    assert taken
    assert take_link(by=SYSTEM) is None  # the link is one worker's at a time
    close(case, reason=company.resolved, by=frank)
    with pytest.raises(NotPermitted):
        was_told(taken, by=frank)
    was_told(taken, by=SYSTEM)
    assert state(link)[0] == RemoteLink.WAITING
    tell_jira()
    assert [one["object"]["status"] for one in remote(cloud)] == [{"resolved": True}]


def test_switched_off_nothing_is_sent(
    cloud: JiraServer, case: Case, company: Cast, frank: Actor
) -> None:
    link = linked(case, cloud, frank)
    set_up(cloud, company, is_active=False)
    tell_jira()
    assert not cloud.asked
    assert state(link) == (RemoteLink.WAITING, "Jira is switched off in the set-up")


def test_urls_pasted_before_jira_was_set_up_are_told_then(
    cloud: JiraServer, case: Case, company: Cast, frank: Actor
) -> None:
    JiraSettings.objects.all().delete()
    link = linked(case, cloud, frank, url=f"{cloud.base_url}/browse/SOL-1")
    other = linked(case, cloud, frank, url="https://elsewhere.example.com/browse/SOL-1")
    set_up(cloud, company)
    tell_jira()
    refresh_tickets()
    assert [state(one)[0] for one in (link, other)] == [RemoteLink.MADE, RemoteLink.NONE]
    assert link.title == "Inverters go offline"
