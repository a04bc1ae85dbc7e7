"""Linking Jira tickets with a case: what stands in it, who may, what goes along (J1, X6, X7)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from heliodesk.cases.models import Case, JiraLink, RemoteLink
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.jira_links import Ticket, described, link_jira, unlink_jira, without
from heliodesk.cases.rules.merging import merge_cases, undo_merge
from heliodesk.cases.rules.reopening import reopen
from heliodesk.core import clock
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.feed.models import FeedItem
from heliodesk.people.access import Actor
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db

URL = "https://example.atlassian.net/browse/SOL-12"
OTHER = "https://example.atlassian.net/browse/SOL-13"
TICKET = Ticket(url=URL, key="SOL-12", issue_id="1", title="Inverters", status="To Do", told=True)


@pytest.fixture
def frank(company: Cast) -> Actor:
    return actor(company.frank)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def jobs() -> set[str]:
    waiting = ProcrastinateJob.objects.filter(status="todo", task_name__contains="jira.jobs")
    return {name.rsplit(".", 1)[1] for name in waiting.values_list("task_name", flat=True)}


def test_the_url_stands_in_the_description_and_the_link_in_the_feed(
    company: Cast, frank: Actor, still: Clock
) -> None:
    case = cast.case(company)
    still.move(minutes=1)
    link = link_jira(case, ticket=TICKET, by=frank)
    case = fresh(case)
    assert case.description == f"Autopay was charged twice in October.\n\n{URL}"
    assert case.last_modified_at == clock.now()
    item = FeedItem.objects.get(case=case, kind="jira_linked")
    assert (item.data, item.body) == ({"ticket": "SOL-12"}, URL)
    assert (link.told, link.due_at) == (RemoteLink.WAITING, clock.now())
    assert jobs() == {"tell_jira", "refresh_tickets"}


def test_a_second_url_comes_under_the_first_and_one_that_stands_there_is_left(
    company: Cast, frank: Actor
) -> None:
    case = cast.case(company, description=f"See {OTHER}")
    link_jira(case, ticket=Ticket(url=OTHER), by=frank)
    assert fresh(case).description == f"See {OTHER}"
    link_jira(case, ticket=TICKET, by=frank)
    assert fresh(case).description == f"See {OTHER}\n\n{URL}"
    assert described(f"Words\n\n{URL}", [OTHER]) == f"Words\n\n{URL}\n{OTHER}"


def test_a_plain_url_waits_for_nothing(company: Cast, frank: Actor) -> None:
    link = link_jira(cast.case(company), ticket=Ticket(url=URL, key="SOL-12"), by=frank)
    assert (link.told, link.due_at) == (RemoteLink.NONE, None)
    assert jobs() == set()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://example.com/x", "SOL-12", "https://", "//x.y/z",
            "http:/x", "https://a b", "https://example.com/" + "x" * 1000]
)  # fmt: skip
def test_only_http_addresses(company: Cast, frank: Actor, url: str) -> None:
    with pytest.raises(Refused) as refused:
        link_jira(cast.case(company), ticket=Ticket(url=url), by=frank)
    assert (refused.value.rule, refused.value.field) == ("J2", "ticket")


def test_once_a_case(company: Cast, frank: Actor) -> None:
    case = cast.case(company)
    link = link_jira(case, ticket=TICKET, by=frank)
    with pytest.raises(Refused, match="linked already"):
        link_jira(case, ticket=TICKET, by=frank)
    link_jira(cast.case(company), ticket=TICKET, by=frank)
    link.pk, link.global_id = None, "another"
    with pytest.raises(IntegrityError, match="jira_link_once_a_case"), transaction.atomic():
        link.save()
    with (
        pytest.raises(IntegrityError, match="jira_link_is_http"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE cases_jiralink SET url = 'javascript:1'")


def test_the_owner_and_supervisors_on_open_cases(company: Cast, frank: Actor) -> None:
    case, queued = cast.case(company), cast.case(company, owner_queue=company.homeowner_queue)
    link = link_jira(case, ticket=TICKET, by=actor(company.sue))
    for thing, person in ((case, company.fiona), (queued, company.bea), (case, company.dora)):
        with pytest.raises(NotPermitted) as not_theirs:
            link_jira(thing, ticket=Ticket(url=OTHER), by=actor(person))
        assert not_theirs.value.rule == "K7"
    with pytest.raises(NotPermitted):
        unlink_jira(case, link_id=link.pk, by=actor(company.fiona))
    close(case, reason=company.resolved, by=frank)
    with pytest.raises(Refused) as refused:
        link_jira(case, ticket=Ticket(url=OTHER), by=frank)
    assert refused.value.rule == "X6"
    with pytest.raises(Refused) as refused:
        unlink_jira(case, link_id=link.pk, by=frank)
    assert refused.value.rule == "X6"


def test_a_full_description_is_refused(company: Cast, frank: Actor) -> None:
    case = cast.case(company, description="x" * 49_990)
    with pytest.raises(Refused) as refused:
        link_jira(case, ticket=TICKET, by=frank)
    assert (refused.value.code, refused.value.field) == ("too_long", "description")


def test_taken_away_it_goes_from_the_description_and_jira_is_told(
    company: Cast, frank: Actor
) -> None:
    case = cast.case(company)
    link = link_jira(case, ticket=TICKET, by=frank)
    unlink_jira(case, link_id=link.pk, by=frank)
    link.refresh_from_db()
    assert fresh(case).description == "Autopay was charged twice in October."
    assert link.removed_at
    assert (link.told, link.turn) == (RemoteLink.WAITING, 1)
    with pytest.raises(NotFound):
        unlink_jira(case, link_id=link.pk, by=frank)
    again = link_jira(case, ticket=TICKET, by=frank)
    assert again.global_id != link.global_id


def test_a_line_that_says_more_than_the_url_stays() -> None:
    assert without(f"Words\nSee {URL}\n{URL}", [URL]) == f"Words\nSee {URL}"
    assert without(URL, [URL]) == URL  # a case keeps a description (H4)


def test_jira_is_told_when_the_case_closes_and_reopens(
    company: Cast, frank: Actor, still: Clock
) -> None:
    case = cast.case(company)
    told = link_jira(case, ticket=TICKET, by=frank)
    link_jira(case, ticket=Ticket(url=OTHER), by=frank)
    JiraLink.objects.filter(pk=told.pk).update(told=RemoteLink.MADE, due_at=None)
    still.move(minutes=1)
    close(case, reason=company.resolved, by=frank)
    told.refresh_from_db()
    assert (told.told, told.due_at, told.turn) == (RemoteLink.WAITING, clock.now(), 1)
    JiraLink.objects.filter(pk=told.pk).update(told=RemoteLink.MADE, due_at=None)
    still.move(minutes=1)
    reopen(case, by=frank)
    told.refresh_from_db()
    assert (told.told, told.due_at, told.turn) == (RemoteLink.WAITING, clock.now(), 2)
    assert JiraLink.objects.filter(told=RemoteLink.NONE).count() == 1


def test_merged_the_links_go_to_the_survivor_and_come_back(company: Cast, frank: Actor) -> None:
    gone, stays = cast.case(company), cast.case(company)
    link = link_jira(gone, ticket=TICKET, by=frank)
    double = link_jira(gone, ticket=Ticket(url=OTHER), by=frank)
    own = link_jira(stays, ticket=Ticket(url=OTHER), by=frank)
    JiraLink.objects.filter(pk=link.pk).update(told=RemoteLink.MADE)
    merge = merge_cases(gone, into=stays, by=frank)
    assert merge.jira_links == [link.pk]
    link.refresh_from_db()
    assert (link.case, link.told) == (stays, RemoteLink.WAITING)
    assert fresh(stays).description.endswith(f"{OTHER}\n{URL}")
    assert set(JiraLink.objects.filter(case=gone)) == {double}
    undo_merge(gone, by=frank)
    link.refresh_from_db()
    assert link.case == gone
    assert URL not in fresh(stays).description
    assert OTHER in fresh(stays).description
    assert set(JiraLink.objects.filter(case=stays)) == {own}


def test_a_merge_does_not_fail_for_a_full_description(company: Cast, frank: Actor) -> None:
    gone, stays = cast.case(company), cast.case(company, description="x" * 50_000)
    link_jira(gone, ticket=TICKET, by=frank)
    merge_cases(gone, into=stays, by=frank)
    assert JiraLink.objects.get().case == stays
    assert fresh(stays).description == "x" * 50_000
