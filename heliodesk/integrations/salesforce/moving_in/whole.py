"""Moving in: everything of an export in one transaction, its files after it (M1)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import transaction

from heliodesk.core import audit
from heliodesk.integrations.salesforce import accounts, contacts, contracts, directory, staging
from heliodesk.integrations.salesforce.moving_in import (
    assignments,
    attached,
    cases,
    closures,
    facts,
    history,
    judging,
    offered,
    people,
    posts,
    queues,
    remarks,
    set_up,
    stages,
    tasks,
    words,
)
from heliodesk.integrations.salesforce.moving_in.archive import Archive
from heliodesk.integrations.salesforce.moving_in.rows import Dictionary
from heliodesk.integrations.salesforce.moving_in.stages import Tick
from heliodesk.integrations.salesforce.records import staged
from heliodesk.integrations.salesforce.sets import run
from heliodesk.people.access import Actor

#: Staged as they are, all of them before anything is judged.
STAGED = (
    "record_type", "user", "group", "queue_sobject", "group_member", "job", "case", "assignment",
    "closure", "comment", "feed_item", "feed_comment", "task", "case_history", "attachment",
    "content_version", "content_link", "desk_setup", "desk_fact",
)  # fmt: skip
DIRECTORY = ("account", "contact", "contract")
#: To compile a statement of this width takes PostgreSQL far longer than to run it.
SETTINGS = ("lock_timeout = '30s'", "jit = off", "work_mem = '48MB'")
#: Where people are named: whoever is not there becomes an inactive person.
NAMES_PEOPLE = {
    "case": ["owner", "created_by", "modified_by", "closed_by", "reviewed_by"],
    "assignment": ["created_by", "modified_by", "assignee", "ended_by"],
    "closure": ["closed_by", "reopened_by"],
    "comment": ["created_by"],
    "feed_comment": ["created_by"],
    "task": ["created_by", "owner"],
    "case_history": ["created_by"],
    "attachment": ["created_by"],
    "content_version": ["created_by"],
}
#: What the report calls the objects, in its order.
CALLED = {
    "user": "User", "group": "Group", "group_member": "GroupMember", "account": "Account",
    "contact": "Contact", "contract": "Contract", "job": "Job__c", "desk_setup": "Desk_Setup__c",
    "case": "Case", "assignment": "Case_Assignment__c", "closure": "Closure__c",
    "comment": "CaseComment", "feed_item": "FeedItem", "feed_comment": "FeedComment",
    "task": "Task", "interaction": "Task (interaction)", "case_history": "CaseHistory",
    "attachment": "Attachment", "content_version": "ContentVersion",
    "content_link": "ContentDocumentLink", "desk_fact": "Desk_Fact__c",
}  # fmt: skip


@dataclass
class Report:
    """What became of the rows: for each object read, created, changed, unchanged, refused and
    left out; and what a person should know."""

    counts: dict[str, list[int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


class _TriedOut(Exception):
    """The dry run is over: take everything back."""


@dataclass
class Move:
    """One run: the export, the map, who does it, and whether it is only tried out."""

    archive: Archive
    words: Dictionary
    by: Actor
    tick: Tick
    dry: bool = False
    report: Report = field(default_factory=Report)

    @property
    def native(self) -> bool:
        """Whether it is a desk's own export, whose feed says everything."""
        return any("kind" in one.columns.positions for one in self.archive.of("feed_item"))

    @property
    def own(self) -> bool:
        """Whether it carries a desk's set-up: what is retired there may still be in use."""
        return self.archive.has("desk_setup")


@contextmanager
def moved_in(move: Move) -> Iterator[Report]:
    """Bring everything in, or try it out; the report and the lists of refused and noted rows are
    there while the context lasts."""
    try:
        with transaction.atomic():
            _bring_in(move)
            if move.dry:
                attached.bring_in_files(
                    move.archive, keep=False, native=move.native, tick=move.tick
                )
                _count(move)
                yield move.report
                raise _TriedOut
    except _TriedOut:
        return
    attached.bring_in_files(move.archive, keep=True, native=move.native, tick=move.tick)
    _count(move)
    yield move.report


def _bring_in(move: Move) -> None:
    for setting in SETTINGS:
        run(f"SET LOCAL {setting}")
    judging.make_tables()
    _stage(move)
    _people(move)
    with words.in_large_lots():
        _directory(move)
        _cases(move)
        _talk(move)
    _note_in_record(move)


def _stage(move: Move) -> None:
    for subject in STAGED:
        stages.fill(subject, move.archive, move.words, move.tick)
        if subject == "record_type":
            for external_id, name, developer_name in directory.rows(
                "SELECT external_id, name, developer_name FROM import_record_type "
                "WHERE refusal = ''"
            ):
                move.words.record_type(external_id, developer_name, name)


def _people(move: Move) -> None:
    move.tick("people", 0)
    people.bring_in_users(move.archive, move.words)
    if move.own:
        set_up.bring_in_set_up()
    queues.bring_in_queues(move.words)  # groups are departments that are there
    if unknown := people.unknown_people(NAMES_PEOPLE):
        move.report.notes.append(
            f"People who are named and not in the export, now inactive persons such as "
            f"“unknown user {unknown[0]}”: {len(unknown):,}."
        )
    queues.bring_in_members()
    role = next((r for r, w in move.words.names["user"]["role_of_case_owners"].items() if w), "")
    if given := people.give_owners_their_role(role):
        move.report.notes.append(
            f"People who own cases and had no role by the map, now {role} agents: {given:,}. "
            "See [user.roles]."
        )


def _directory(move: Move) -> None:
    exports = [one for subject in DIRECTORY for one in move.archive.of(subject)]
    move.tick("directory", 0)
    staging.create()
    staging.fill(chain.from_iterable(staged(export) for export in exports))
    _kinds_from_cases()
    columns = {subject: _columns(move, subject) for subject in DIRECTORY}
    accounts.bring_in(columns["account"], by=move.by)
    contacts.bring_in(columns["contact"], by=move.by)
    contracts.bring_in(columns["contract"], by=move.by, telling=False)
    for subject in DIRECTORY:
        if not move.archive.has(subject) and subject != "contact":
            continue
        made, changed, same, refused = directory.counts(subject)
        run(
            "INSERT INTO import_counted VALUES (%s, %s, %s, %s, %s, %s, 0)",
            subject, made + changed + same + refused, made, changed, same, refused,
        )  # fmt: skip
        run(
            f"""INSERT INTO import_refused SELECT %s, file, line, external_id,
                COALESCE(field, ''), message, rule FROM import_{subject} WHERE refusal <> ''""",
            subject,
        )
    move.report.notes += directory.warnings()
    judging.settle_constraints()
    facts.bring_in_jobs()


def _kinds_from_cases() -> None:
    """A new account that does not say its kind, and of which no other record does, has the kind of
    its cases, where they are of one."""
    run(
        """UPDATE import_account i SET kind = c.type FROM (
            SELECT account, min(case_type) AS type FROM import_case
            WHERE case_type <> '' AND refusal = '' GROUP BY account
            HAVING count(DISTINCT case_type) = 1) c
        WHERE c.account = i.external_id AND i.refusal = '' AND i.kind = '' AND i.parent_ref = ''
            AND (i.kind_said = '' OR i.kind_said LIKE '012%')
            AND i.external_id NOT IN (SELECT parent_ref FROM import_account)
            AND i.external_id NOT IN (SELECT account_ref FROM import_contract)
            AND i.external_id NOT IN (SELECT installer_ref FROM import_contract)
            AND NOT EXISTS (SELECT FROM directory_account t
                            WHERE t.external_id = i.external_id)"""
    )


def _columns(move: Move, subject: str) -> Any:
    found = move.archive.of(subject)
    return found[0].columns if found else None


def _cases(move: Move) -> None:
    move.tick("cases", 0)
    offered.gather()
    assignments.offered()
    retired = offered.retire() | assignments.retire()
    for what, count in retired.items():
        move.report.notes.append(
            f"{what} that only history has, kept as retired ones: {count:,}. Name them in the map "
            "to have them among the desk's own."
        )
    judged = cases.judge_cases(move.archive, native=move.own)
    tasks.judge_tasks(judged, native=move.native)
    cases.put_cases(judged)
    closures.bring_in_closures(judged)
    move.tick("assignments", 0)
    assignments.bring_in_assignments()
    assignments.settle_statuses(judged.table)
    judging.settle_constraints()
    if needed := people.follow_activity():
        move.report.notes.append(
            f"People who have left and still own open cases, or work a queue alone, and stay "
            f"active until that is handed on (Q5): {needed:,}."
        )
    if not move.native:
        cases.say_created(judged)
        assignments.say_assignments()
        closures.say_closed(judged)
    cases.link_parents(judged)
    judging.settle_constraints()
    run("ANALYZE cases_case, salesforce_imported")


def _talk(move: Move) -> None:
    native = move.native
    move.tick("comments", 0)
    posts.bring_in_comments()
    judging.settle_constraints()
    move.tick("tasks", 0)
    tasks.bring_in_tasks(native=native)
    judging.settle_constraints()
    move.tick("feed", 0)
    posts.bring_in_items(native=native, with_comments=move.archive.has("comment"))
    posts.bring_in_replies()
    judging.settle_constraints()
    if not native:
        move.tick("history", 0)
        history.bring_in_history(move.words)
        judging.settle_constraints()
    facts.bring_in_facts()
    attached.judge_files()
    judging.settle_constraints()


def _note_in_record(move: Move) -> None:
    """What was brought in, into the record of changes (K4): one entry for each object."""
    for subject, created, changed in directory.rows(
        "SELECT subject, created, changed FROM import_counted WHERE created + changed > 0"
    ):
        counts = {"created": created, "changed": changed}
        audit.note("imported", f"imported {subject}", None, changes=counts, by=move.by)


def _count(move: Move) -> None:
    counted = {
        row[0]: list(row[1:])
        for row in directory.rows(
            "SELECT subject, read, created, changed, unchanged, refused, left_out "
            "FROM import_counted WHERE read > 0"
        )
    }
    move.report.counts = {
        called: counted[subject] for subject, called in CALLED.items() if subject in counted
    }
    move.report.notes += remarks.of(move.archive)
