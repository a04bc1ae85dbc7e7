"""The operations that are measured: pages and forms as browsers ask for them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from benchmarks.clients import Form
from benchmarks.company import Company
from benchmarks.directory import Directory
from benchmarks.history import FIRST_NUMBER
from benchmarks.words import Writer
from heliodesk.api.models import Scope
from heliodesk.api.rules.tokens import make_token
from heliodesk.cases.models import Case
from heliodesk.directory.models import Contract
from heliodesk.people.access import actor_for
from heliodesk.people.models import User

BULK = 20  # cases that are changed at once
TOKENS = 4  # of each agent


@dataclass
class Desk:
    """Who is signed in, and what there is to ask for."""

    company: Company
    size: int
    frontline: list[str]  # sessions
    back_office: list[str]
    supervisors: list[str]
    tokens: list[str]  # of the API; each may so many requests a minute

    @property
    def case_paths(self) -> list[str]:
        """Addresses of cases all over the desk."""
        chance = random.Random(7)
        numbers = (chance.randrange(self.size) + FIRST_NUMBER for _ in range(2_000))
        return [f"/cases/{number:08d}/" for number in numbers]

    @property
    def api_paths(self) -> list[str]:
        """The same cases for other programs."""
        return [f"/api/v1{path.rstrip('/')}" for path in self.case_paths]

    def posts(self) -> Iterator[Form]:
        """Posts on cases all over the desk."""
        chance, paths = random.Random(11), self.case_paths
        write = Writer(chance)
        while True:
            path = chance.choice(paths) + "posts/"
            form = {"body": write.text(2), "once": str(uuid4())}
            yield path, chance.choice(self.frontline), form

    def creations(self) -> Iterator[Form]:
        """New homeowner cases, each on a contract that had none."""
        chance = random.Random()
        write = Writer(chance)
        busy = Directory(self.size, self.company).busy
        rows = Contract.objects.filter(pk__gt=busy).order_by("pk")
        for name, account, org in rows.values_list("contract_id", "account_id", "installer_id"):
            request_type, subtype = chance.choice(self.company.subtypes["homeowner"])
            yield (
                f"/contracts/{name}/cases/new/",
                chance.choice(self.frontline),
                {
                    "contact": str(account),  # the signer has the same ID
                    "installer": str(org),
                    "request_type": str(request_type),
                    "request_subtype": str(subtype),
                    "description": write.text(4),
                    "source": str(self.company.sources[0][0]),
                    "priority": "2",
                    "once": str(uuid4()),
                },
            )

    def takings(self) -> Iterator[Form]:
        """Take next, from the homeowner queue."""
        chance = random.Random(13)
        while True:
            yield "/queues/homeowner/next/", chance.choice(self.back_office), {"once": str(uuid4())}

    def bulk_changes(self) -> Iterator[Form]:
        """Twenty open cases given to another agent by a supervisor."""
        chance = random.Random(19)
        known = Case.objects.exclude(status="closed").exclude(owner_agent=None)
        numbers = list(known.values_list("number", flat=True)[:5_000])
        while True:
            form = {
                "act": "change_owner",
                "cases": ",".join(map(str, chance.sample(numbers, min(BULK, len(numbers))))),
                "to": f"user-{chance.choice(self.company.back_office)}",
                "reason": "Away this week",
                "once": str(uuid4()),
            }
            yield "/bulk-actions/new/", chance.choice(self.supervisors), form


def sign_in(company: Company, size: int) -> Desk:
    """Sessions for every agent."""
    people = User.objects.in_bulk([*company.frontline, *company.back_office, *company.supervisors])
    return Desk(
        company,
        size,
        [session_of(people[pk]) for pk in company.frontline],
        [session_of(people[pk]) for pk in company.back_office],
        [session_of(people[pk]) for pk in company.supervisors],
        [token for pk in company.back_office for token in _tokens(people[pk])],
    )


def refill_queue(company: Company, count: int) -> None:
    """Leave exactly `count` new cases in the homeowner queue: copies of the oldest open one."""
    queue = company.queues["homeowner"]
    waiting = Case.objects.filter(owner_queue=queue)
    waiting.update(owner_queue=None, owner_agent=company.back_office[0])
    columns = ", ".join(
        str(field.column)
        for field in Case._meta.concrete_fields
        if field.column not in {"id", "number", "status", "owner_agent_id", "owner_queue_id"}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case (status, owner_queue_id, {columns})"
            f" SELECT 'new', %s, {columns} FROM generate_series(1, %s), (SELECT * FROM cases_case"
            " WHERE case_type = 'homeowner' AND status <> 'closed' ORDER BY id LIMIT 1) pattern",
            [queue, count],
        )
        # No desk moves so many cases at once: what they leave in the order of work is not measured.
        cursor.execute("VACUUM cases_case")


def _tokens(user: User) -> list[str]:
    by = actor_for(user, origin="bench")
    made = (make_token(user, name="Bench", scope=Scope.READ, by=by) for _ in range(TOKENS))
    return [token.text for token in made]


def session_of(user: User) -> str:
    """A session of theirs, as signing in makes it."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)
