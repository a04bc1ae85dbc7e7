"""Lists of cases as CSV: all of them, only what one may see, and nothing that runs (V3, K6, K4)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from pytest_django import Settings

from heliodesk.bulk.models import Export
from heliodesk.bulk.queries import exported
from heliodesk.bulk.queries.exported import Wanted, is_large
from heliodesk.bulk.rules import exporting
from heliodesk.bulk.rules.exporting import export_now, forget_exports, start_export, write_export
from heliodesk.bulk.selection import Selection
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.list_views.fields import FIELDS
from heliodesk.people.access import SYSTEM
from heliodesk.people.models import DeskSettings, Role, User
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock

pytestmark = pytest.mark.django_db


def wanted(
    *columns: str, query: str = "", order: str = "created_at", excel: bool = False
) -> Wanted:
    """All cases of a filter with these columns."""
    return Wanted(Selection(query=query, everything=True), columns, order, excel)


def written(by: User, asked: Wanted) -> tuple[bytes, int]:
    """What is in the file, and how many rows it says."""
    file, count = export_now(asked, by=actor(by))
    with file:
        return file.read(), count


def read(content: bytes) -> list[list[str]]:
    """The rows, the heading first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows(by: User, asked: Wanted) -> list[list[str]]:
    """The rows of the file, the heading first."""
    content, count = written(by, asked)
    found = read(content)
    assert count == len(found) - 1
    return found


@pytest.fixture
def storage(settings: Settings, tmp_path: object) -> None:
    """A folder for the files."""
    settings.MEDIA_ROOT = tmp_path


def test_columns_are_in_words_and_moments_in_utc(company: Cast) -> None:
    at = datetime(2026, 11, 22, 8, 30, 0, 123456, tzinfo=UTC)
    case = cast.case(company, created_at=at, priority=1)
    asked = wanted(
        "number", "status", "priority", "request_type", "owner_agent", "owner_queue", "created_at",
        "reviewed_at", "open",
    )  # fmt: skip
    assert rows(company.frank, asked) == [
        ["Case number", "Status", "Priority", "Request type", "Owner (agent)", "Owner (queue)",
         "Created", "Latest review", "Open"],
        [case.display_number, "New", "High", "Billing and payments", "Frank Tester", "",
         "2026-11-22T08:30:00Z", "", "Yes"],
    ]  # fmt: skip


def test_every_column_there_is_can_be_exported(company: Cast) -> None:
    cast.case(company, owner_queue=company.homeowner_queue)
    closed = cast.case(company, status="closed")
    cast.assignment(company, cast.case(company, previous_case=closed, status="internal_referral"))
    heading, *found = rows(company.frank, wanted(*FIELDS))
    assert len(heading) == len(set(heading)) == len(FIELDS)
    by_name = [dict(zip(FIELDS, row, strict=True)) for row in found]
    assert by_name[0]["owner_queue"] == company.homeowner_queue.name
    assert (by_name[1]["closed_reason"], by_name[1]["closed_by"]) == ("Resolved", "Frank Tester")
    assert (by_name[2]["department"], by_name[2]["previous_case"]) == (
        "Sales",
        closed.display_number,
    )


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_what_a_spreadsheet_would_run_is_made_harmless(company: Cast, begins: str) -> None:
    text = f"{begins}HYPERLINK(1)"
    cast.case(company, customer_name=text, description=text)
    _, row = rows(company.frank, wanted("customer", "description"))
    assert row == [f"'{text}", f"'{text}"]


def test_text_is_kept_as_it_is_in_utf_8(company: Cast) -> None:
    text = 'Señora Võ said: "50 %, not 5",\nand hung up ☀'
    cast.case(company, description=text)
    content, _ = written(company.frank, wanted("description", excel=True))
    assert content.startswith(b"\xef\xbb\xbf")
    assert read(content)[1] == [text]


def test_filter_order_and_picked_ones(company: Cast) -> None:
    one, two, three = (cast.case(company, priority=n) for n in (1, 2, 1))
    high = wanted("number", query="all=priority:is:high", order="-number")
    assert [row[0] for row in rows(company.frank, high)[1:]] == [
        three.display_number,
        one.display_number,
    ]
    picked = Wanted(Selection(numbers=(two.number,)), ("number",), "")
    assert [row[0] for row in rows(company.frank, picked)[1:]] == [two.display_number]


def test_me_in_a_filter_is_whoever_exports(company: Cast) -> None:
    cast.case(company)
    mine = cast.case(company, owner_agent=company.bea)
    found = rows(company.bea, wanted("number", query="all=owner_agent:is:me"))
    assert [row[0] for row in found[1:]] == [mine.display_number]


def test_a_wrong_filter_is_refused_and_not_left_out(company: Cast) -> None:
    with pytest.raises(Refused, match="The filter cannot be used"):
        export_now(wanted("number", query="all=status:is:odd"), by=actor(company.sue))


def test_who_may_export_is_a_setting(company: Cast) -> None:
    cast.case(company)
    asked = wanted("number")
    for denied in (company.dora, company.oscar):
        with pytest.raises(NotPermitted, match="exported by Support only") as refused:
            export_now(asked, by=actor(denied))
        assert refused.value.rule == "V3"
    DeskSettings.objects.create(pk=1, support_exports=False)
    for denied in (company.frank, company.bea):
        with pytest.raises(NotPermitted, match="exported by supervisors only"):
            start_export(asked, by=actor(denied))
    for may in (company.sue, company.ada):
        assert len(rows(may, asked)) == 2


def test_an_export_is_recorded(company: Cast) -> None:
    cast.case(company)
    rows(company.frank, wanted("number", query="all=open:is:yes"))
    entry = AuditEntry.objects.get(kind="exported")
    assert (entry.by_id, entry.origin) == (company.frank.pk, "test")
    assert entry.changes == {"query": "all=open:is:yes", "columns": "number", "rows": 1}


def test_a_large_one_is_written_by_a_worker_once(
    company: Cast, storage: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exported, "AT_ONCE", 2)
    for _ in range(3):
        cast.case(company)
    asked = wanted("number", "created_at", query="all=open:is:yes")
    assert is_large(asked, by=actor(company.frank))
    export = start_export(asked, by=actor(company.frank))
    assert start_export(asked, by=actor(company.frank)) == export
    write_export(export.pk)
    write_export(export.pk)
    export.refresh_from_db()
    with default_storage.open(export.stored_as) as file:
        content = file.read()
    assert (export.rows, export.size) == (3, len(content))
    assert content.count(b"\n") == 4
    entry = AuditEntry.objects.get(kind="exported")
    assert (entry.subject_id, entry.changes["rows"]) == (export.pk, 3)
    assert entry.origin == f"test, export {export.pk}"


def test_whoever_may_no_longer_gets_no_file(company: Cast, storage: None) -> None:
    export = start_export(wanted("number"), by=actor(company.sue))
    company.sue.role = Role.NONE
    company.sue.save(update_fields=["role"])
    write_export(export.pk)
    export.refresh_from_db()
    assert (export.stored_as, export.failed_because[:26]) == ("", "Whoever asked for it may n")


def test_a_full_disk_is_said_and_nothing_stays(
    company: Cast, storage: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "LEAST_FREE", 2**62)
    export = start_export(wanted("number"), by=actor(company.sue))
    write_export(export.pk)
    export.refresh_from_db()
    assert "nearly full" in export.failed_because
    assert not default_storage.exists(exporting.FOLDER)


def test_files_go_after_a_day_and_of_many_only_the_latest_are_kept(
    company: Cast, storage: None, still: Clock
) -> None:
    for column in ("number", "status", "priority", "source"):
        write_export(start_export(wanted(column), by=actor(company.sue)).pk)
    kept = Export.objects.exclude(stored_as="")
    assert [export.columns for export in kept.order_by("id")] == ["status", "priority", "source"]
    still.move(hours=25)
    assert forget_exports(by=SYSTEM) == 3
    assert default_storage.listdir(exporting.FOLDER) == ([], [])


def test_what_a_killed_worker_left_behind_goes_too(
    company: Cast, storage: None, still: Clock
) -> None:
    write_export(start_export(wanted("number"), by=actor(company.sue)).pk)
    Export.objects.update(stored_as="", ended_at=None)
    assert forget_exports(by=SYSTEM) == 0
    still.move(days=4000)
    assert forget_exports(by=SYSTEM) == 1
