"""Loading the demo company into an empty desk."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.core.management import call_command
from django.db import connection, transaction

from heliodesk.core import clock
from heliodesk.demo.casebook import CASES, Casebook
from heliodesk.demo.casework import Casework, Talk
from heliodesk.demo.company import Company
from heliodesk.demo.directory import HOMES, make_company
from heliodesk.demo.load_assignments import Assignments
from heliodesk.demo.load_cases import Cases
from heliodesk.demo.load_directory import load_directory
from heliodesk.demo.load_people import load_people
from heliodesk.demo.people import STAFF
from heliodesk.demo.setup import read_setup
from heliodesk.demo.spoken import CONVERSATIONS, conversations
from heliodesk.people.models import User

SEED = 555_0100


@dataclass(frozen=True)
class Scale:
    """How much there is of it."""

    homes: int = HOMES
    cases: int = CASES
    conversations: int = CONVERSATIONS


FULL = Scale()


def imagine(now: datetime, *, scale: Scale = FULL) -> tuple[Company, list[Casework], list[Talk]]:
    """The directory, the cases and the other conversations as they stand at `now`: the same for
    the same `now`."""
    rng = Random(SEED)
    company = make_company(rng, now, homes=scale.homes)
    cases = Casebook(company, rng, size=scale.cases).fill()
    return company, cases, conversations(company, rng, scale.conversations)


def load(*, echo: Callable[[str], None], scale: Scale = FULL) -> None:
    """Load the demo company, all or nothing; a desk that has it is left as it is."""
    if User.objects.filter(username=STAFF[0].username).exists():
        echo("The demo company is there already.")
        return
    echo("Loading the demo company …")
    gc.disable()  # hundreds of thousands of small things, all of them kept to the end
    try:
        with transaction.atomic():
            call_command("load_defaults", verbosity=0)
            _load(clock.now(), scale)
    finally:
        gc.enable()
    echo("The demo company is loaded.")


def _load(now: datetime, scale: Scale) -> None:
    company, cases, talks = imagine(now, scale=scale)
    users = load_people(now)
    ids = load_directory(company, users)
    setup = read_setup(now, users)
    loading = Cases(setup, ids, Assignments(setup.users, cases), Random(SEED))
    for case in cases:
        loading.add(case)
    for talk in talks:
        loading.talk(talk)
    loading.write()
    with connection.cursor() as cursor:
        last = loading.first_number + len(cases) - 1
        cursor.execute("SELECT setval('cases_case_number', %s)", [last])
