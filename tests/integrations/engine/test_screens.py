"""Engine on the screen: the state of a comment, the feed of a job, proposals, and the set-up (N4,
E1, E2)."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.models import EngineSettings, EngineState
from heliodesk.cases.rules.editing import edit_case
from heliodesk.directory.models import Job
from tests import cast
from tests.cases.opening import installer_case
from tests.cast import Cast, actor
from tests.integrations.engine.conftest import set_up
from tests.integrations.engine.server import TOKEN, FakeEngine, said
from tests.integrations.engine.work import comment_of, work_off
from tests.listener import Asked, Listener, Reply, listening

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_case_says_what_became_of_its_comment(
    company: Cast,
    engine: FakeEngine,
    frank_client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    case = installer_case(company, job_id="J-1")
    address = case.get_absolute_url()
    with django_assert_max_num_queries(8):
        page = read(frank_client, address)
    assert "waiting" in page
    assert "Try again" not in page
    work_off()
    page = read(frank_client, address)
    assert "refused: Engine knows no job J-1" in page
    assert "Try again" in page
    edit_case(case, changes={"job_id": "J-77"}, seen={}, by=actor(company.frank))
    response = frank_client.post(f"{address}engine/sending/")
    assert response.status_code == 409  # it is on its way already
    work_off()
    assert "posted" in read(frank_client, address)
    assert "Mark as posted" not in read(frank_client, address)


def test_marked_as_posted_by_its_owner(company: Cast, frank_client: Client) -> None:
    case = installer_case(company, job_id="J-77")
    page = read(frank_client, case.get_absolute_url())
    assert "to be posted by hand" in page
    assert "Send to Engine" not in page
    response = frank_client.post(f"{case.get_absolute_url()}engine/posted-by-hand/", follow=True)
    assert "posted by hand by Frank Tester" in response.content.decode()


def test_others_press_nothing(company: Cast, client: Client) -> None:
    case = installer_case(company, job_id="J-77")
    client.force_login(company.fiona)
    assert "Mark as posted" not in read(client, case.get_absolute_url())
    for act in ("sending", "posted-by-hand"):
        assert client.post(f"{case.get_absolute_url()}engine/{act}/").status_code == 403
        assert client.get(f"{case.get_absolute_url()}engine/{act}/").status_code == 405


def test_the_feed_of_a_job_is_read_when_asked_for(
    company: Cast, engine: FakeEngine, frank_client: Client
) -> None:
    case = installer_case(company, job_id="J-77")
    work_off()
    page = read(frank_client, f"{case.get_absolute_url()}engine/")
    assert "Maria Delgado, Fresno" in page
    assert page.count(f"Related Case ({case.display_number})") == 2  # the case's, and in the feed
    empty = cast.installer_case(company, job_id="J-78")
    assert "Nothing in the feed yet" in read(frank_client, f"{empty.get_absolute_url()}engine/")
    job = Job.objects.create(job_id="J-77", installer=company.org)
    assert "Related Case" in read(frank_client, f"/jobs/{job.pk}/milestones/")


@pytest.mark.parametrize(
    ("job_id", "refusal", "words"),
    [
        ("J-1", [], "Engine knows no job J-1."),
        ("J-77", [said(500, {"a": TOKEN})], "Engine answers with 500"),
        ("J-77", [said(200, [])], "as its contract says"),
    ],
)
def test_a_feed_that_cannot_be_read_says_why(
    company: Cast,
    engine: FakeEngine,
    frank_client: Client,
    job_id: str,
    refusal: list[Reply],
    words: str,
) -> None:
    case = cast.installer_case(company, job_id=job_id)
    engine.refusals = refusal
    page = read(frank_client, f"{case.get_absolute_url()}engine/")
    assert words in page
    assert TOKEN not in page


def test_feeds_are_for_support(company: Cast, engine: FakeEngine, client: Client) -> None:
    case = cast.installer_case(company, job_id="J-77")
    cast.assignment(company, case)
    job = Job.objects.create(job_id="J-77", installer=company.org)
    client.force_login(company.dora)
    assert "Milestone feed" not in read(client, case.get_absolute_url())
    assert client.get(f"{case.get_absolute_url()}engine/").status_code == 403
    assert client.get(f"/jobs/{job.pk}/milestones/").status_code == 404
    assert client.get(f"/accounts/{company.org.pk}/engine-jobs/?q=J-7").status_code == 403
    client.force_login(company.oscar)
    assert client.get(f"{case.get_absolute_url()}engine/").status_code == 404
    assert not engine.asked


def test_a_case_without_a_job_has_no_feed(company: Cast, frank_client: Client) -> None:
    case = cast.installer_case(company)
    assert frank_client.get(f"{case.get_absolute_url()}engine/").status_code == 404


def proposed(client: Client, company: Cast, typed: str) -> list[str]:
    found = client.get(f"/accounts/{company.org.pk}/engine-jobs/", {"q": typed}).json()["items"]
    return [f"{item['value']}: {item['hint']}" for item in found]


def test_jobs_are_proposed_as_engine_knows_them(
    company: Cast, engine: FakeEngine, frank_client: Client
) -> None:
    assert proposed(frank_client, company, "J-77") == [
        "J-77: Maria Delgado, Fresno · INSTALL · Brightfield"
    ]
    Job.objects.create(job_id="J-77", installer=company.other_org)
    assert [one[:4] for one in proposed(frank_client, company, "J-7")] == ["J-78"]
    asked = len(engine.asked)
    assert proposed(frank_client, company, "J") == []
    assert len(engine.asked) == asked
    assert "engine-jobs" in read(frank_client, f"/accounts/{company.org.pk}/cases/new/")


@pytest.fixture
def silent(company: Cast) -> Iterator[Listener]:
    """An Engine that takes what is said and never answers."""
    with listening() as listener:
        set_up(f"{listener.url}/api", company)

        def keep_waiting(asked: Asked, wire: socket.socket) -> None:
            listener.ended.wait(30)

        listener.answer = keep_waiting
        yield listener


def test_an_engine_that_never_answers_is_waited_for_once_and_the_record_proposes(
    company: Cast, silent: Listener, frank_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("heliodesk.integrations.engine.proposing.TIMEOUT", 0.2)
    Job.objects.create(job_id="J-77", installer=company.org, name="Maria")
    Job.objects.create(job_id="J-771", installer=company.other_org)
    began = time.monotonic()
    for _ in range(3):
        assert proposed(frank_client, company, "j-7") == ["J-77: Maria · Brightfield Solar"]
    assert len(silent.asked) == 1
    assert time.monotonic() - began < 1.5
    case = installer_case(company, job_id="J-77")  # never waits for it
    assert comment_of(case).state == EngineState.WAITING
    assert "a moment ago" in read(frank_client, f"{case.get_absolute_url()}engine/")


@pytest.fixture
def ada_client(company: Cast, client: Client) -> Client:
    client.force_login(company.ada)
    return client


def test_ada_sets_engine_up_and_tests_the_connection(
    company: Cast, running: FakeEngine, ada_client: Client
) -> None:
    page = read(ada_client, "/set-up/engine/")
    assert "to be posted by hand" in page
    assert "Test connection" not in page
    sent = {"address": running.address, "token": TOKEN, "is_active": "on"}
    page = ada_client.post("/set-up/engine/", sent, follow=True).content.decode()
    assert "settings were saved" in page
    assert TOKEN not in page
    assert EngineSettings.current().token not in page
    tested = ada_client.post("/set-up/engine/test/", follow=True).content.decode()
    assert "takes the desk&#39;s token" in tested
    assert "It knows job J-7" in tested


@pytest.mark.parametrize(
    ("token", "words"), [("wrong", "refuses the desk&#39;s token"), (TOKEN, "answers with 500")]
)
def test_a_connection_that_does_not_work_says_why_and_not_the_token(
    company: Cast, running: FakeEngine, ada_client: Client, token: str, words: str
) -> None:
    ada_client.post(
        "/set-up/engine/", {"address": running.address, "token": token, "is_active": "on"}
    )
    if token == TOKEN:
        running.refusals = [said(500, {"token": token})]
    page = ada_client.post("/set-up/engine/test/", follow=True).content.decode()
    assert words in page
    assert f">{token}" not in page
    assert f"Bearer {token}" not in page


def test_a_refused_address_stays_to_be_corrected(company: Cast, ada_client: Client) -> None:
    sent = {"address": "ftp://engine.example.com", "token": TOKEN, "is_active": "on"}
    response = ada_client.post("/set-up/engine/", sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="ftp://engine.example.com"' in page
    assert "begins with https://" in page
    assert TOKEN not in page


def test_the_set_up_says_what_engine_has_not_got(
    company: Cast, engine: FakeEngine, ada_client: Client
) -> None:
    case = installer_case(company, job_id="J-1")
    work_off()
    page = read(ada_client, "/set-up/engine/")
    assert "0 waiting, 1 refused." in page
    assert case.display_number in page
    waiting = installer_case(company, job_id="J-77", none_of_these=[case.number])
    engine.refusals = [said(500, {})]
    work_off()
    assert comment_of(waiting).tries == 1
    page = read(ada_client, "/set-up/engine/")
    assert "1 waiting, 1 refused" in page
    assert "Engine does not take comments" in page


def test_the_set_up_is_for_administrators(company: Cast, frank_client: Client) -> None:
    assert frank_client.get("/set-up/engine/").status_code == 403
    assert frank_client.post("/set-up/engine/test/").status_code == 403
    sent = {"address": "http://169.254.169.254", "token": "t", "is_active": "on"}
    assert frank_client.post("/set-up/engine/", sent).status_code == 403
    assert not EngineSettings.objects.exists()
