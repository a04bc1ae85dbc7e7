"""After an erasure nothing of the homeowner is left: the whole database and the storage are
searched for it."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from heliodesk.cases.models import Activity, Case
from heliodesk.feed.models import FeedItem
from heliodesk.notices.models import Notice
from heliodesk.personal_data.jobs import delete_files
from heliodesk.personal_data.rules.erasing import FILES_JOB, erase_homeowner
from tests.cast import Cast, actor
from tests.core.queue import waiting
from tests.files.storage import stored_files
from tests.personal_data.conftest import MARKS, NAME, Zenobia


def left(*marks: str) -> set[str]:
    """The columns of all tables in which one of the marks stands."""
    patterns = [f"%{mark}%" for mark in marks]
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY table_name"
        )
        for table, columns in cursor.fetchall():
            each = (f'bool_or(lower("{name}"::text) LIKE ANY(%(patterns)s))' for name in columns)
            cursor.execute(f'SELECT {", ".join(each)} FROM "{table}"', {"patterns": patterns})
            holds = zip(columns, cursor.fetchone(), strict=True)
            found |= {f"{table}.{name}" for name, does in holds if does}
    return found


def test_nothing_is_left_in_any_column_nor_in_the_storage(
    company: Cast, zenobia: Zenobia, storage: Path
) -> None:
    before = left(*MARKS)
    assert len(before) > 25, "she stands everywhere"
    assert len(stored_files(storage)) == 1
    erase_homeowner(zenobia.account.pk, typed=NAME, by=actor(company.ada))
    for job in waiting(FILES_JOB):
        delete_files(**job)
    assert left(*MARKS) == set()
    assert stored_files(storage) == []


def test_rows_dates_types_status_and_owners_stay(company: Cast, zenobia: Zenobia) -> None:
    kept = (
        "number", "status", "case_type", "priority", "request_type_id", "request_subtype_id",
        "owner_agent_id", "created_at", "closed_at", "last_modified_at", "account_id",
        "contract_id", "reviewed_at",
    )  # fmt: skip
    cases = list(Case.objects.order_by("pk").values(*kept))
    items = list(FeedItem.objects.order_by("pk").values("case", "kind", "author", "at"))
    counts = (Notice.objects.count(), Activity.objects.count())
    erase_homeowner(zenobia.account.pk, typed=NAME, by=actor(company.ada))
    assert list(Case.objects.order_by("pk").values(*kept)) == cases
    assert list(FeedItem.objects.order_by("pk").values("case", "kind", "author", "at")) == items
    assert (Notice.objects.count(), Activity.objects.count()) == counts


def test_others_keep_theirs(company: Cast, zenobia: Zenobia) -> None:
    erase_homeowner(zenobia.account.pk, typed=NAME, by=actor(company.ada))
    company.homeowner.refresh_from_db()
    zenobia.taken_away.refresh_from_db()
    assert company.homeowner.name == "Maria Delgado"
    assert zenobia.taken_away.customer_name == "Maria Delgado"
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM directory_nameword")
        words = {row[0] for row in cursor.fetchall()}
    assert {"MARIA", "DELGADO", "FRESNO", "FIR"} <= words
