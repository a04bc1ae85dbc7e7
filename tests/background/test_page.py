"""The administrators' page of background work: what failed and why, retry, and whether a worker
lives (K4, K7)."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from heliodesk.background.queries import in_words
from heliodesk.background.rules.retrying import retry_all_jobs, retry_job
from heliodesk.background.workers import health
from heliodesk.core.failures import note_failure
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from tests.cast import Cast, actor
from tests.core.queue import put, status_of, worker_seen

pytestmark = pytest.mark.django_db

NAME = "heliodesk.assignments.jobs.escalate"
URL = "/set-up/jobs/"


@pytest.fixture
def ada(company: Cast, client: Client) -> Client:
    """A browser in which the administrator is signed in."""
    client.force_login(company.ada)
    return client


def failed() -> int:
    """A job that was given up, with its reason; gives its ID."""
    job = put(NAME, "failed", attempts=12, args='{"follow_up": 7}')
    note_failure(job, ValueError("the contact is gone <b>"))
    return job


def text_of(client: Client) -> str:
    """What the page says."""
    return client.get(URL).content.decode()


def test_it_shows_what_failed_runs_and_waits(ada: Client) -> None:
    failed()
    put(NAME, "doing")
    put(NAME, "todo", attempts=1)
    put("heliodesk.gone.jobs.gone", "succeeded")
    page = text_of(ada)
    assert "Escalate one follow-up, at the time it is due (F3)" in page
    assert "follow_up 7" in page
    assert "ValueError: the contact is gone &lt;b&gt;" in page
    assert "The worker that ran it ended." in page
    assert "heliodesk.gone.jobs.gone" in page


def test_it_is_quiet_where_nothing_happens(ada: Client) -> None:
    page = text_of(ada)
    assert "Nothing failed" in page
    assert "Nothing waits" in page


def test_it_takes_few_statements(
    ada: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        failed()
        put(NAME, "todo")
    with django_assert_max_num_queries(8):
        ada.get(URL)


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
@pytest.mark.parametrize("path", ["", "retries/", "1/retries/"])
def test_it_is_for_administrators(company: Cast, client: Client, who: str, path: str) -> None:
    client.force_login(getattr(company, who))
    answer = client.post(URL + path) if path else client.get(URL)
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert b"Only administrators" in answer.content


def test_only_they_are_led_to_it(company: Cast, client: Client) -> None:
    for who, led in ((company.ada, True), (company.sue, False)):
        client.force_login(who)
        assert ('href="/set-up/"' in client.get("/notices/").content.decode()) is led
    client.force_login(company.ada)
    assert URL in client.get("/set-up/").content.decode()


def test_retry_puts_it_back_and_is_recorded(ada: Client) -> None:
    job = failed()
    answer = ada.post(reverse("background_job_retry", args=[job]), follow=True)
    assert "in the queue again" in answer.content.decode()
    assert status_of(NAME) == ["todo"]
    assert AuditEntry.objects.filter(kind="job_retried", subject_id=job).count() == 1


def test_retry_all(ada: Client) -> None:
    for _ in range(3):
        failed()
    assert "Retry all that failed" in text_of(ada)
    ada.post(reverse("background_jobs_retry"))
    assert status_of(NAME) == ["todo"] * 3
    assert AuditEntry.objects.get(kind="jobs_retried").changes == {"number": 3}


def test_not_what_has_not_failed(company: Cast) -> None:
    job = put(NAME, "doing")
    with pytest.raises(Refused, match="has not failed"):
        retry_job(job, by=actor(company.ada))
    assert retry_all_jobs(by=actor(company.ada)) == 0
    assert not AuditEntry.objects.filter(subject_kind="job").exists()


@pytest.mark.parametrize("who", ["sue", "frank"])
def test_the_rules_are_for_administrators(company: Cast, who: str) -> None:
    job = failed()
    with pytest.raises(NotPermitted):
        retry_job(job, by=actor(getattr(company, who)))
    with pytest.raises(NotPermitted):
        retry_all_jobs(by=actor(getattr(company, who)))


def test_a_warning_says_that_no_worker_runs(ada: Client) -> None:
    put(NAME, "todo", scheduled_at="2020-01-01T00:00Z")
    worker_seen(3600)
    page = text_of(ada)
    assert "No worker is running, and 1 job waits" in page
    assert "A worker was last seen" in page


def test_a_worker_that_lives_is_seen(ada: Client) -> None:
    worker_seen(2)
    assert "1 worker is running" in text_of(ada)


def test_a_worker_that_cannot_keep_up_is_said(ada: Client) -> None:
    worker_seen(2)
    put(NAME, "todo", scheduled_at="2020-01-01T00:00Z")
    put(NAME, "todo", scheduled_at="2100-01-01T00:00Z")
    assert "Jobs wait long" in text_of(ada)
    assert (health().due, health().lives, health().waits_long) == (1, True, True)


def test_a_job_says_what_it_does() -> None:
    assert in_words("heliodesk.assignments.jobs.escalate_late") == "Escalate those that were missed"
    assert in_words("gone") == "gone"
