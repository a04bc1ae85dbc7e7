"""Two agents never get the same case (Q4): tried with real connections at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from heliodesk.cases.models import Case
from heliodesk.cases.rules.taking import take, take_next
from heliodesk.core.refusal import Refused
from heliodesk.feed.models import FeedItem
from heliodesk.people.access import Actor
from heliodesk.people.models import QueueMembership, Role
from tests import cast
from tests.cast import Cast, actor

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")


def at_once(jobs: list[Callable[[], T]]) -> list[T]:
    """Run each job in a thread with a connection of its own, all started together."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], T]) -> T:
        try:
            barrier.wait(timeout=20)
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def agents(company: Cast, count: int) -> list[Actor]:
    """Members of the homeowner queue."""
    people = [cast.user(f"agent{number}", Role.BACK_OFFICE) for number in range(count)]
    QueueMembership.objects.bulk_create(
        [QueueMembership(queue=company.homeowner_queue, user=person) for person in people]
    )
    return [actor(person) for person in people]


def test_of_two_who_take_one_case_the_second_is_told_who_has_it(company: Cast) -> None:
    case = cast.case(company, owner_queue=company.homeowner_queue)

    def attempt(by: Actor) -> str:
        try:
            return take(case, by=by).display_number
        except Refused as refused:
            return f"{refused.code} {refused.about['owner']}"

    bea, bob = actor(company.bea), actor(company.bob)
    answers = at_once([lambda: attempt(bea), lambda: attempt(bob)])

    case.refresh_from_db()
    assert case.owner_agent is not None
    assert sorted(answers) == [case.display_number, f"already_taken {case.owner_agent.name}"]
    assert FeedItem.objects.filter(case=case, kind="taken").count() == 1


def test_twenty_agents_who_take_next_get_each_case_once(company: Cast) -> None:
    queue = company.homeowner_queue
    cases = [cast.case(company, owner_queue=queue) for _ in range(30)]

    def work(by: Actor) -> list[int]:
        got = []
        while True:
            try:
                got.append(take_next(queue, by=by).pk)
            except Refused:  # nothing is left
                return got

    shares = at_once([lambda by=by: work(by) for by in agents(company, 20)])  # type: ignore[misc]

    assert sorted(pk for share in shares for pk in share) == sorted(case.pk for case in cases)
    assert not Case.objects.filter(owner_agent=None).exists()
    assert FeedItem.objects.filter(kind="taken").count() == len(cases)
