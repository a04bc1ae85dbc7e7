"""What a desk needs before its first case is worked, and what of it there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from heliodesk.background.workers import Health, health
from heliodesk.core.addresses import address

# Each count stops where it is enough: the index of the set-up is no place to count a million.
COUNTS = """
    WITH working AS (
        SELECT id, role FROM people_user WHERE is_active
    ), queue AS (
        SELECT q.*, EXISTS (SELECT FROM people_queuemembership m JOIN working w ON w.id = m.user_id
            WHERE m.queue_id = q.id) AS worked
        FROM people_queue q WHERE q.is_active
    ), department AS (
        SELECT d.*, EXISTS (SELECT FROM people_departmentmembership m
                JOIN working w ON w.id = m.user_id WHERE m.department_id = d.id) AS worked,
            EXISTS (SELECT FROM people_followupcontact c
                JOIN working w ON w.id = c.user_id WHERE c.department_id = d.id) AS tagged
        FROM people_department d WHERE d.is_active
    )
    SELECT (SELECT count(*) FROM working WHERE role IN ('frontline', 'back_office', 'supervisor')),
        (SELECT count(*) FROM people_invitation
            WHERE accepted_at IS NULL AND withdrawn_at IS NULL),
        (SELECT count(*) FROM queue),
        (SELECT count(*) FROM queue WHERE NOT worked),
        (SELECT count(DISTINCT case_type) FROM queue WHERE case_type <> ''),
        (SELECT count(*) FROM department),
        (SELECT count(*) FROM department WHERE NOT worked),
        (SELECT count(*) FROM department WHERE NOT tagged),
        (SELECT escalation_contact_id IS NOT NULL FROM people_desksettings),
        (SELECT count(*) FROM (SELECT FROM cases_requesttype t WHERE is_active AND EXISTS (
            SELECT FROM cases_requestsubtype s WHERE s.request_type_id = t.id AND s.is_active)) t),
        EXISTS (SELECT FROM directory_account WHERE kind = 'installer'),
        EXISTS (SELECT FROM directory_contract),
        EXISTS (SELECT FROM cases_case),
        EXISTS (SELECT FROM cases_case WHERE status = 'closed')
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: whether it is done, what there is in words, and where to do it, if that
    is on the desk. What the desk works without is not `needed`."""

    title: str
    done: bool
    words: str
    url: str
    link: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is."""

    support: int
    invited: int
    queues: int
    queues_idle: int
    types_with_queue: int
    departments: int
    departments_idle: int
    departments_silent: int
    has_escalation_contact: bool | None
    request_types: int
    has_org: bool
    has_contract: bool
    has_case: bool
    has_closed: bool


def checklist() -> list[Step]:
    """The steps in their order, or none where the first case has been worked and nothing that is
    needed is missing; two statements."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        counts = Counts(*cursor.fetchone())
    steps = list(_steps(counts, health()))
    missing = [step for step in steps if not step.done and step.needed]
    return steps if missing else []


def _steps(counts: Counts, worker: Health) -> Iterator[Step]:
    yield _people(counts)
    yield _queues(counts)
    yield from _departments(counts)
    yield Step(
        "What customers ask for",
        counts.request_types > 0,
        f"{_number(counts.request_types, 'request type')} with subtypes; put your own in their "
        "place.",
        address("request_types"),
        "Request types",
    )
    yield Step(
        "Escalations",
        bool(counts.has_escalation_contact),
        "Somebody is tagged when a follow-up stays unanswered (F3)."
        if counts.has_escalation_contact
        else "Nobody is tagged when a follow-up stays unanswered (F3).",
        address("desk_settings"),
        "Desk settings",
        needed=False,
    )
    yield _directory(counts)
    yield _mail()
    yield _worker(worker)
    yield _first_case(counts)


def _people(counts: Counts) -> Step:
    there = _number(counts.support, "person", "people") if counts.support else "Nobody yet"
    invited = f", {counts.invited} invited and not come yet" if counts.invited else ""
    return Step(
        "People",
        counts.support > 0,
        f"{there} in Support beside the administrators{invited}.",
        address("set_up_people"),
        "People",
    )


def _queues(counts: Counts) -> Step:
    words = _number(counts.queues, "queue")
    if counts.queues_idle:
        words += f", {counts.queues_idle} without a member"
    if counts.types_with_queue < 2:
        words += "; not every type of cases has a queue that is offered first"
    done = bool(counts.queues) and not counts.queues_idle and counts.types_with_queue == 2
    return Step("Queues with members", done, f"{words}.", address("set_up_queues"), "Queues")


def _departments(counts: Counts) -> Iterator[Step]:
    words = _number(counts.departments, "department")
    yield Step(
        "Departments with members",
        not counts.departments_idle,
        f"{words}, {counts.departments_idle} without a member: add members, or retire what you do "
        "not have."
        if counts.departments_idle
        else f"{words}, each with members.",
        address("set_up_departments"),
        "Departments",
    )
    yield Step(
        "Follow-up contacts",
        not counts.departments_silent,
        f"{_number(counts.departments_silent, 'department')} without: a follow-up tags the members "
        "(F1)."
        if counts.departments_silent
        else "Each department has somebody to ask after an assignment.",
        address("set_up_departments"),
        "Departments",
        needed=False,
    )


def _directory(counts: Counts) -> Step:
    done = counts.has_org and counts.has_contract
    words = {
        (False, False): "No installer and no contract yet.",
        (True, False): "Installers are there, and no contract yet.",
        (False, True): "Contracts are there, and no installer yet.",
    }.get((counts.has_org, counts.has_contract), "Installers and contracts are there.")
    return Step("The directory", done, words, address("set_up_import"), "Import it")


def _mail() -> Step:
    return Step(
        "Mail",
        settings.SENDS_MAIL,
        "Invitations and notices go out by mail."
        if settings.SENDS_MAIL
        else "The desk sends no mail: invitation links are passed on by hand. Whoever runs the "
        "server sets EMAIL_URL.",
        "",
        "",
        needed=False,
    )


def _worker(worker: Health) -> Step:
    return Step(
        "Background work",
        worker.lives,
        "A worker runs: mail, reviews overdue and escalations come by themselves."
        if worker.lives
        else "No worker runs: mail, escalations and integrations wait.",
        address("background_jobs"),
        "Background work",
    )


def _first_case(counts: Counts) -> Step:
    words = "No case yet: find a contract, then New Case."
    if counts.has_case:
        words = "A case is open; none has been closed yet."
    if counts.has_closed:
        words = "Cases are opened and closed."
    return Step("The first case", counts.has_closed, words, address("contracts"), "Contracts")


def _number(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
