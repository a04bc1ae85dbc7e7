"""A company moves in with its whole history, and moves in again (M1)."""

from __future__ import annotations

import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management.base import CommandError
from django.db import connection

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Activity, Case, Closure, Interaction
from heliodesk.core.models import AuditEntry
from heliodesk.directory.models import Account
from heliodesk.feed.models import FeedItem
from heliodesk.files.models import CaseFile
from heliodesk.integrations.salesforce.models import Imported
from heliodesk.notices.models import Notice
from heliodesk.people.models import Queue, User
from tests.integrations.salesforce.conftest import Moved
from tests.integrations.salesforce.whole_export import (
    BASE,
    changed,
    counts,
    move_in,
    refused,
    sf,
    write,
)

pytestmark = pytest.mark.django_db
OPEN, CLOSED, INSTALLERS = 1002, 1001, 1003


def at(text: str) -> datetime:
    """A moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def again(moved: Moved, folder: Path) -> Path:
    """The same export in another folder, to be changed."""
    return Path(shutil.copytree(moved.folder, folder / "again"))


def rows() -> dict[str, int]:
    """How many rows each table of the desk has."""
    tables = connection.introspection.table_names()
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            if table not in {"core_auditentry", "search_searchtext"}:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[table] = cursor.fetchone()[0]
    return found


def test_every_object_is_counted(moved: Moved) -> None:
    assert counts(moved.said) == {
        "User": [3, 3, 0, 0, 0, 0],
        "Group": [4, 1, 0, 2, 0, 1],
        "GroupMember": [2, 2, 0, 0, 0, 0],
        "Account": [2, 2, 0, 0, 0, 0],
        "Contact": [2, 2, 0, 0, 0, 0],
        "Contract": [1, 1, 0, 0, 0, 0],
        "Case": [3, 3, 0, 0, 0, 0],
        "Case_Assignment__c": [1, 1, 0, 0, 0, 0],
        "CaseComment": [1, 1, 0, 0, 0, 0],
        "FeedItem": [4, 2, 0, 0, 0, 2],
        "FeedComment": [1, 1, 0, 0, 0, 0],
        "Task": [1, 1, 0, 0, 0, 0],
        "Task (interaction)": [1, 1, 0, 0, 0, 0],
        "CaseHistory": [6, 3, 0, 0, 0, 3],
        "Attachment": [2, 1, 0, 0, 1, 0],
        "ContentDocumentLink": [1, 1, 0, 0, 0, 0],
    }
    assert "probably cut: 1" in moved.said


def test_an_open_case_keeps_its_number_dates_and_people(moved: Moved) -> None:
    case = Case.objects.get(number=OPEN)
    assert (case.status, case.priority, case.contract_gap) == ("awaiting_support", 1, "")
    assert case.contract is not None
    assert case.contract.contract_id == "00000101"
    assert case.description == "Inverter is red\n\nIt has a red light,\nsince Monday."
    assert (case.customer_name, case.property_address) == ("Ana Ruiz", "5 Elm, Fresno")
    assert case.installer == Account.objects.get(name="Sunline LLC")
    assert case.created_at == at("2024-05-01T10:00:00")
    assert case.last_modified_at == at("2024-05-02T11:00:00")
    assert (case.created_by.name, case.created_by.is_active) == ("Gus Gone", False)
    assert case.owner_agent is not None
    assert (case.owner_agent.name, case.owner_agent.role) == ("Olga Owner", "frontline")
    assert case.review_comments == "Current Status: waiting"


def test_a_closed_case_has_its_closing_and_keeps_words_that_are_no_longer_used(
    moved: Moved,
) -> None:
    case = Case.objects.get(number=CLOSED)
    closure = Closure.objects.get(case=case)
    assert (case.status, case.contract_gap) == ("closed", "history")
    assert case.closed_at == closure.closed_at == at("2023-05-03T10:00:00")
    assert (closure.reason.name, closure.closed_by) == (
        "Resolved",
        User.objects.get(name="Nora New"),
    )
    assert (case.request_type.name, case.request_type.is_active) == ("Old words", False)
    assert (case.source.name, case.source.is_active) == ("Fax", False)
    assert case.owner_agent is not None
    assert not case.owner_agent.is_active


def test_a_queue_of_the_export_is_the_desks_own_by_the_map(moved: Moved) -> None:
    case = Case.objects.get(number=INSTALLERS)
    queue = Queue.objects.get(name="Back Office Task Queue – Homeowner")
    assert (case.case_type, case.owner_queue) == ("installer", queue)
    assert [member.name for member in queue.members.all()] == ["Olga Owner"]
    assert case.created_by.name == f"unknown user {sf('user', 9)}AAA"
    assert not case.created_by.is_active
    assert Queue.objects.filter(name="Solar Care").exists()


def test_the_feed_tells_the_history_with_its_authors(moved: Moved) -> None:
    feed = FeedItem.objects.filter(case__number=OPEN).order_by("at", "id")
    told = [(item.kind, item.author.name if item.author else "") for item in feed]
    assert told == [
        ("created", "Gus Gone"),
        ("owner", "Gus Gone"),
        ("status", "Gus Gone"),
        ("fields", "Gus Gone"),
        ("assignment_created", "Olga Owner"),
        ("post", "Gus Gone"),
        ("post", "Olga Owner"),
        ("post", "Olga Owner"),
        ("post", "Nora New"),
        ("assignment_completed", "Nora New"),
        ("review", "Olga Owner"),
        ("interaction", "Olga Owner"),
        ("file_added", "Olga Owner"),
        ("file_added", "Olga Owner"),
    ]
    rich = feed.get(body__startswith="See **")
    assert rich.body == "See **this** & that, @Nora New\n\n- one"
    assert feed.get(body="Seen").parent == rich
    assert feed.get(kind="fields").data["fields"] == {"Job ID": ["", "J-1"]}
    assert feed.get(kind="owner").data == {"old": "Gus Gone", "new": "Olga Owner"}


def test_assignments_activities_and_interactions_stand_on_their_case(moved: Moved) -> None:
    assignment = CaseAssignment.objects.get()
    assert (str(assignment), assignment.status, assignment.outcome) == (
        "CA-00071",
        "completed",
        "Read",
    )
    assert Activity.objects.get().subject == "Case Review"
    interaction = Interaction.objects.get()
    assert (interaction.channel, interaction.spoke_with) == ("phone", "Ana Ruiz")


def test_files_are_in_the_desks_storage_and_refused_types_are_listed(moved: Moved) -> None:
    files = {file.name: file for file in CaseFile.objects.all()}
    assert set(files) == {"letter.pdf", "roof.jpg"}
    with default_storage.open(files["roof.jpg"].stored_as) as stored:
        assert stored.read() == b"JPEG"
    assert [(row["object"], row["rule"], row["line"]) for row in refused(moved.folder)] == [
        ("Attachment", "G1", "3")
    ]


def test_nobody_is_told_and_no_open_page_is_flooded(moved: Moved) -> None:
    assert not Notice.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM live_change), count(*) FROM procrastinate_jobs"
        )
        assert cursor.fetchone() == (0, 0)
    entry = AuditEntry.objects.get(subject_kind="imported case")
    assert entry.changes == {"created": 3, "changed": 0}


def test_a_second_run_changes_nothing(moved: Moved) -> None:
    before = rows()
    found = counts(move_in(moved.folder))
    assert all(row[1:3] == [0, 0] for row in found.values())
    assert rows() == before


def test_a_changed_export_changes_only_that(moved: Moved, tmp_path: Path) -> None:
    folder = again(moved, tmp_path)
    write(folder, changed("Case", 0, Priority="Low", LastModifiedDate="2024-05-03 09:00:00"))
    Case.objects.filter(number=INSTALLERS).update(job_id="typed at the desk")
    found = counts(move_in(folder))
    assert found["Case"] == [3, 0, 1, 2, 0, 0]
    assert sum(row[1] + row[2] for row in found.values()) == 1
    case = Case.objects.get(number=OPEN)
    assert (case.priority, case.last_modified_at) == (2, at("2024-05-03T09:00:00"))
    assert Case.objects.get(number=INSTALLERS).job_id == "typed at the desk"


def test_a_changed_case_keeps_its_latest_review(moved: Moved, tmp_path: Path) -> None:
    was = Case.objects.get(review_comments="Current Status: waiting")
    folder = again(moved, tmp_path)
    write(folder, changed("Case", 0, LastModifiedDate="2024-05-09 09:00:00"))
    assert counts(move_in(folder))["Case"] == [3, 0, 1, 2, 0, 0]
    now = Case.objects.get(pk=was.pk)
    assert now.last_modified_at == at("2024-05-09T09:00:00")
    assert now.review_comments == was.review_comments
    assert (now.reviewed_at, now.review_due_from) == (was.reviewed_at, was.review_due_from)


def test_a_case_that_was_closed_since_is_closed(moved: Moved, tmp_path: Path) -> None:
    folder = again(moved, tmp_path)
    when = {"ClosedDate": "2024-06-01 09:00:00", "Closed_Reason__c": "Resolved"}
    write(folder, changed("Case", 0, Status="Closed", **when))
    move_in(folder)
    case = Case.objects.get(number=OPEN)
    assert (case.status, case.closures.get().closed_at) == ("closed", at("2024-06-01T09:00:00"))
    assert case.feed.filter(kind="closed").count() == 1
    connection.check_constraints()


def test_a_closing_that_is_corrected_makes_a_new_version_of_its_case(
    moved: Moved, tmp_path: Path
) -> None:
    def version() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ctid::text FROM cases_case WHERE number = %s", [CLOSED])
            return str(cursor.fetchone()[0])

    folder = again(moved, tmp_path)
    closing = {
        "Id": "a0X000000000001", "Case__c": sf("case", 1), "Reason__c": "Solved",
        "Closed_At__c": "2023-05-03 10:00:00", "Closed_By__c": sf("user", 2),
    }  # fmt: skip
    Closure.objects.filter(case__number=CLOSED).delete()
    write(folder, {"Closure__c": [closing]})
    move_in(folder)
    before = version()
    move_in(folder)
    assert version() == before
    write(folder, {"Closure__c": [closing | {"Reason__c": "Case Voided"}]})
    move_in(folder)
    assert Closure.objects.get(case__number=CLOSED).reason.name == "Case Voided"
    assert version() != before


def test_who_has_left_since_is_deactivated_unless_cases_are_theirs(
    moved: Moved, tmp_path: Path
) -> None:
    folder = again(moved, tmp_path)
    people = [row | {"IsActive": "0"} for row in BASE["User"]]
    write(folder, {"User": people})
    assert "handed on (Q5): 1" in move_in(folder)
    assert User.objects.get(name="Olga Owner").is_active
    assert not User.objects.get(name="Nora New").is_active
    connection.check_constraints()


def test_a_dry_run_reports_the_same_and_changes_nothing(moved: Moved, tmp_path: Path) -> None:
    folder = again(moved, tmp_path)
    write(folder, changed("CaseComment", 0, Id=sf("comment", 2)))
    before = rows()
    tried = move_in(folder, dry_run=True)
    assert rows() == before
    assert counts(tried) == counts(move_in(folder))
    assert counts(tried)["CaseComment"] == [1, 1, 0, 0, 0, 0]


def test_a_zip_is_read_like_its_folder(moved: Moved, tmp_path: Path) -> None:
    path = tmp_path / "WE_00D.zip"
    with zipfile.ZipFile(path, "w") as whole:
        for file in moved.folder.rglob("*"):
            if file.is_file() and file.suffix != ".zip":
                whole.write(file, file.relative_to(moved.folder))
    found = counts(move_in(path, refused=tmp_path / "refused.csv"))
    assert found["Case"] == [3, 0, 0, 3, 0, 0]
    assert found["ContentDocumentLink"] == [1, 0, 0, 1, 0, 0]


def test_numbers_go_on_above_the_imported_ones(moved: Moved, tmp_path: Path) -> None:
    folder = again(moved, tmp_path)
    extra = BASE["Case"][2] | {"Id": sf("case", 8), "CaseNumber": "00777001"}
    write(folder, {"Case": [*BASE["Case"], extra]})
    move_in(folder)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_case_number')")
        assert cursor.fetchone()[0] == 777002


def test_what_went_wrong_in_the_middle_leaves_nothing(
    moved: Moved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = again(moved, tmp_path)
    write(folder, changed("Case", 2, Id=sf("case", 9), CaseNumber="00001009"))
    before = rows()

    def fail(*given: object, **named: object) -> None:
        raise OSError("the power is gone")

    with monkeypatch.context() as patch:
        patch.setattr("heliodesk.integrations.salesforce.moving_in.posts.bring_in_replies", fail)
        with pytest.raises(OSError, match="power"):
            move_in(folder)
    assert rows() == before
    move_in(folder)
    assert Imported.objects.filter(subject="case").count() == 4


def test_what_is_no_export_is_refused(desk: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nothing to import"):
        move_in(tmp_path)
    (tmp_path / "Case.csv").write_text("Number\n1\n")
    with pytest.raises(CommandError, match=r"Case\.csv has no column Id"):
        move_in(tmp_path)
    (tmp_path / "x.zip").write_text("no zip")
    with pytest.raises(CommandError, match="cannot be read as a ZIP"):
        move_in(tmp_path / "x.zip")
