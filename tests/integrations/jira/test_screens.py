"""The screens for Jira tickets: new case, case, and the set-up; with JavaScript and without."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import Case, JiraLink
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.jira_links import link_jira
from heliodesk.core.models import AuditEntry
from heliodesk.integrations.jira.jobs import refresh_tickets, tell_jira
from heliodesk.integrations.jira.models import JiraSettings
from heliodesk.integrations.jira.tickets import read_ticket
from tests import cast
from tests.cases.views.test_homeowner_case import NEW, typed
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.integrations.jira.server import EMAIL, TOKEN, JiraServer, jira_server

pytestmark = pytest.mark.django_db
SET_UP = "/set-up/jira/"


@pytest.fixture
def ada_client(company: Cast) -> Client:
    client = Client()
    client.force_login(company.ada)
    return client


def settings_of(server: JiraServer, **changes: str) -> dict[str, str]:
    """What Ada types."""
    return {
        "kind": "cloud",
        "base_url": f"{server.base_url}/",
        "email": EMAIL,
        "token": TOKEN,
        "projects": "",
        "is_active": "on",
    } | changes


def test_while_typing_the_open_tickets_are_proposed(
    cloud: JiraServer, company: Cast, frank_client: Client, client: Client
) -> None:
    cloud.has("SOL-1", "Inverters go offline")
    answer = frank_client.get("/jira/tickets/options/", {"q": "inverter"}).json()
    item = {"value": "SOL-1", "label": "SOL-1 Inverters go offline", "hint": "To Do"}
    assert answer == {"items": [item], "note": ""}
    cloud.refuses(500)
    answer = frank_client.get("/jira/tickets/options/", {"q": "roof"}).json()
    assert answer["items"] == []
    assert "Paste the ticket's URL" in answer["note"]
    client.force_login(company.dora)
    assert client.get("/jira/tickets/options/", {"q": "x"}).status_code == 403


def test_a_new_case_is_saved_with_its_tickets(
    cloud: JiraServer, company: Cast, frank_client: Client
) -> None:
    cloud.has("SOL-1", "Inverters go offline")
    frank_client.get("/jira/tickets/options/", {"q": "inverter"})
    chosen = f"SOL-1\nhttps://elsewhere.example.com/ABC\n{cloud.base_url}/browse/SOL-1"
    answer = frank_client.post(NEW, typed(company, ticket=chosen))
    assert answer.status_code == 303
    links = JiraLink.objects.filter(case=Case.objects.get()).order_by("pk")
    assert [(one.key, one.title, one.told) for one in links] == [
        ("SOL-1", "Inverters go offline", "waiting"),
        ("", "", "none"),
    ]
    text = frank_client.get(answer["Location"]).content.decode()
    assert f'href="{cloud.base_url}/browse/SOL-1"' in text
    assert "SOL-1 Inverters go offline" in text
    assert "https://elsewhere.example.com/ABC" in Case.objects.get().description


def test_what_is_no_ticket_is_said_at_the_field_and_nothing_is_lost(
    company: Cast, frank_client: Client
) -> None:
    for chosen, said in (
        ("javascript:alert(1)", "neither a ticket&#39;s key nor an http://"),
        ("SOL-1", "No Jira is set up, so paste the URL of SOL-1"),
        (" ".join(f"https://example.com/{n}" for n in range(21)), "At most 20 tickets"),
    ):
        answer = frank_client.post(NEW, typed(company, ticket=chosen))
        text = answer.content.decode()
        assert answer.status_code == 422
        assert said in text
        assert chosen in text
    assert not Case.objects.exists()


def test_while_jira_is_down_the_case_is_saved_and_the_agent_told(
    cloud: JiraServer, company: Cast, frank_client: Client
) -> None:
    cloud.refuses(503)
    frank_client.get("/jira/tickets/options/", {"q": "inverter"})
    answer = frank_client.post(NEW, typed(company, ticket="SOL-1"))
    assert answer.status_code == 303
    said = [str(one) for one in get_messages(answer.wsgi_request)]
    assert "fault of its own (503)" in said[0] + said[1]
    assert len(cloud.asked) == 1
    text = frank_client.get(answer["Location"] + "?tab=related").content.decode()
    assert "is being read" in text


def test_without_javascript_the_form_itself_searches(
    cloud: JiraServer, company: Cast, frank_client: Client
) -> None:
    cloud.has("SOL-1", "Inverters go offline")
    sent = typed(company, ticket="https://example.com/1 inverters", again="jira")
    text = frank_client.post(NEW, sent).content.decode()
    assert 'name="again" value="SOL-1"' in text
    assert "Autopay was charged twice." in text
    text = frank_client.post(NEW, sent | {"again": "SOL-1"}).content.decode()
    assert "https://example.com/1\nSOL-1</textarea>" in text.replace("\r\n", "\n")
    assert not Case.objects.exists()


def test_on_a_case_a_ticket_is_linked_and_taken_away(
    cloud: JiraServer,
    company: Cast,
    frank_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    cloud.has("SOL-1", "Inverters go offline")
    case = cast.case(company)
    new = f"{case.get_absolute_url()}jira/new/"
    assert "/jira/tickets/options/" in frank_client.get(new).content.decode()
    found = frank_client.post(new, {"ticket": "inverters", "search": "1"}).content.decode()
    assert 'name="ticket" value="SOL-1"' in found
    refused = frank_client.post(new, {"ticket": "inverters"})
    assert refused.status_code == 422
    assert frank_client.post(new, {"ticket": "sol-1"}).status_code == 303
    related = f"{case.get_absolute_url()}?tab=related"
    text = frank_client.get(related).content.decode()
    assert "Jira gets its link back to the case in a moment" in text
    tell_jira()
    with django_assert_max_num_queries(8):
        assert "Jira links back to the case, since" in frank_client.get(related).content.decode()
    link = JiraLink.objects.get()
    gone = f"{case.get_absolute_url()}jira/{link.pk}/removal/"
    assert frank_client.post(gone).status_code == 303
    assert "No ticket linked" in frank_client.get(related).content.decode()


def test_others_read_the_tickets_and_change_nothing(
    cloud: JiraServer, company: Cast, client: Client
) -> None:
    case = cast.case(company)
    link = link_jira(case, ticket=read_ticket("SOL-1"), by=actor(company.frank))
    client.force_login(company.fiona)
    act = case.get_absolute_url()
    text = client.get(f"{act}?tab=related").content.decode()
    assert "SOL-1" in text
    assert "jira/new/" not in text
    assert client.get(f"{act}jira/new/").status_code == 403
    assert client.post(f"{act}jira/new/", {"ticket": "SOL-2"}).status_code == 403
    assert client.post(f"{act}jira/{link.pk}/removal/").status_code == 403
    client.force_login(company.oscar)
    assert client.get(f"{act}jira/new/").status_code == 404


def test_opened_a_case_has_old_tickets_read_and_waits_for_nothing(
    cloud: JiraServer, company: Cast, frank_client: Client, still: Clock
) -> None:
    case = cast.case(company)
    cloud.has("SOL-1", "Inverters")
    link_jira(case, ticket=read_ticket("SOL-1"), by=actor(company.frank))
    refresh_tickets()
    ProcrastinateJob.objects.all()._raw_delete("default")
    cloud.asked.clear()
    frank_client.get(case.get_absolute_url())
    jobs = ProcrastinateJob.objects.filter(task_name__endswith="refresh_tickets")
    assert not jobs.exists()
    still.move(minutes=16)
    for _ in range(2):
        frank_client.get(case.get_absolute_url())
    assert [job.args for job in jobs] == [{"case": case.pk}]
    assert not cloud.asked


def test_an_administrator_sets_jira_up_and_no_page_shows_the_token(
    cloud: JiraServer, company: Cast, ada_client: Client
) -> None:
    JiraSettings.objects.all().delete()
    answer = ada_client.post(SET_UP, settings_of(cloud, projects="sol,ops sol"))
    assert answer.status_code == 303
    kept = JiraSettings.objects.get()
    assert (kept.base_url, kept.projects, kept.token) == (cloud.base_url, "SOL OPS", TOKEN)
    assert TOKEN not in kept.sealed_token
    assert TOKEN not in ada_client.get(SET_UP).content.decode()
    noted = AuditEntry.objects.filter(kind="jira_set_up").latest("pk")
    assert noted.by == company.ada
    assert TOKEN not in str(noted.changes)
    before = kept.sealed_token
    ada_client.post(SET_UP, settings_of(cloud, token="", projects="SOL"))
    assert JiraSettings.objects.get().sealed_token == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"base_url": "ftp://jira.example.com"}, "http:// or https:// address"),
        ({"base_url": "javascript:alert(1)"}, "http:// or https:// address"),
        ({"base_url": "https://"}, "http:// or https:// address"),
        ({"base_url": "https://a:b@jira.example.com"}, "http:// or https:// address"),
        ({"base_url": "https://jira.example.com:99999"}, "http:// or https:// address"),
        (
            {"base_url": "https://else.example.com", "token": ""},
            "that belongs to this address",
        ),
        ({"email": ""}, "email address of the account"),
        ({"kind": "data_center", "token": ""}, "that belongs to this address"),
        ({"token": "a b"}, "no blanks"),
        ({"projects": "SOL ); DROP"}, "no project&#39;s key"),
    ],
)
def test_what_cannot_be_is_refused(
    cloud: JiraServer, ada_client: Client, changes: dict[str, str], said: str
) -> None:
    for also in ({}, {"test": "1"}):
        answer = ada_client.post(SET_UP, settings_of(cloud, **changes, **also))
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not cloud.asked
    assert JiraSettings.objects.get().base_url == cloud.base_url


def test_the_connection_is_tested_and_what_is_wrong_is_said(
    cloud: JiraServer, company: Cast, ada_client: Client
) -> None:
    cloud.has("SOL-1", "Inverters")

    def told(**changes: str) -> str:
        answer = ada_client.post(SET_UP, settings_of(cloud, test="1", **changes))
        return answer.content.decode().split('id="tried"')[1].split("</section>")[0]

    good = told()
    assert "Jira Cloud 1001.0.0-SNAPSHOT answers" in good
    assert "The desk comes in as Desk of Brightfield" in good
    assert "the newest open ticket is SOL-1" in good
    assert "the newest open ticket is SOL-1" in told(token="")  # the one that is kept
    assert "Check the email address and the API token" in told(token="wrong")
    assert "Connection refused" in told(base_url="http://127.0.0.1:1")
    assert "no Jira at this address" in told(base_url=f"{cloud.base_url}/wiki")
    for status, body, words in (
        (403, b"", "right to use Jira"),
        (200, b"<html>", "not Jira&#39;s answer"),
        (500, b"", "fault of its own (500)"),
        (302, b"", "redirect"),
    ):
        cloud.refuses(status, body)
        assert words in told()
    with jira_server(cloud=False) as other:
        other.trouble = None
        other.cloud = True
        other._server_info = lambda: {"version": "9.12.2", "deploymentType": "Server"}  # type: ignore[method-assign]  # another kind of Jira
        assert "This is Jira Data Center" in told(base_url=other.base_url)


def test_for_administrators_only(company: Cast, client: Client) -> None:
    for person in (company.sue, company.frank, company.dora):
        client.force_login(person)
        assert client.get(SET_UP).status_code == 403
        assert client.post(SET_UP, {"base_url": "https://x.example.com"}).status_code == 403
    assert not JiraSettings.objects.exists()


def test_a_case_that_continues_another_has_its_tickets_offered(
    cloud: JiraServer, company: Cast, frank_client: Client
) -> None:
    case = cast.case(company)
    link_jira(case, ticket=read_ticket("SOL-1"), by=actor(company.frank))
    close(case, reason=company.resolved, by=actor(company.frank))
    text = frank_client.get(f"{NEW}?continues={case.display_number}").content.decode()
    assert f"{cloud.base_url}/browse/SOL-1</textarea>" in text
