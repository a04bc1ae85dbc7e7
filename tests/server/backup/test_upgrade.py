"""A desk of the release before comes to this one, on another machine and another PostgreSQL.

`release-before.tar.gz` is a backup of a small desk as it was kept before version 1 (commit
649a118), on PostgreSQL 15: six cases, worked by the rules of that time. Here it is restored as a
person would, into an embedded PostgreSQL which nobody has started yet, and migrated.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from heliodesk.server import database
from heliodesk.server.embedded import cluster, postgres
from heliodesk.server.environment import EMBEDDED_DATABASE

# Tests with a database run before those without: all four in one go restore the desk once.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.programs,
    pytest.mark.xdist_group("backup"),
]

CHECKOUT = Path(__file__).resolve().parent.parent.parent.parent
BEFORE = Path(__file__).with_name("release-before.tar.gz")
SHAPE = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length"
        " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    ),
    (
        "SELECT conrelid::regclass::text, conname, contype::text, condeferrable FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1, 2"
    ),
    "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
    "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1",
    "SELECT app, name FROM django_migrations WHERE app <> 'admin' ORDER BY 1, 2",
)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """The data folder of a new machine, where an embedded PostgreSQL's account can reach it; the
    desk of the release before has been restored into it."""
    with tempfile.TemporaryDirectory(prefix="heliodesk-restored-") as folder:
        unsafe = cluster.locate(Path(folder)).home / "local.conf"  # nothing here survives anyway
        unsafe.write_text("fsync = off\nfull_page_writes = off\n", encoding="ascii")
        unsafe.chmod(0o644)
        archive = Path(folder, "desk.tar")
        archive.write_bytes(gzip.decompress(BEFORE.read_bytes()))
        unset = {"DATABASE_URL", "HELIODESK_SECRET_KEY"}
        kept = {name: value for name, value in os.environ.items() if name not in unset}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "heliodesk", "restore", archive],
            env=kept | {"PYTHONPATH": str(CHECKOUT), "HELIODESK_DATA": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        assert "Restored: 6 cases and 1 files, as of 2026-11-22" in done.stdout
        assert "WARNING" not in done.stdout
        yield Path(folder)


@pytest.fixture(scope="module")
def desk(data: Path) -> Iterator[psycopg.Connection[Any]]:
    """Its database."""
    server = cluster.locate(data)
    with (
        postgres.running(server),
        closing(database.connect(server.url(EMBEDDED_DATABASE))) as base,
    ):
        yield base


def asked(desk: psycopg.Connection[Any], question: str) -> list[tuple[Any, ...]]:
    """All rows of a question."""
    return desk.execute(question).fetchall()


def test_its_tables_are_those_of_a_new_desk(desk: psycopg.Connection[Any]) -> None:
    with connection.cursor() as new:
        for question in SHAPE:
            new.execute(question)
            assert asked(desk, question) == new.fetchall()


def test_its_records_stay_what_they_were(desk: psycopg.Connection[Any]) -> None:
    cases = "SELECT number, status, description, review_comments FROM cases_case ORDER BY 1"
    assert asked(desk, cases) == [
        (
            10001,
            "internal_referral",
            "Muñoz: autopay was charged twice.",
            "Current Status: waiting for the bank.",
        ),
        (10002, "new", "Panel 7 is dark.", ""),
        (10003, "new", "The inverter came broken.", ""),
        (10004, "closed", "The same as one.", ""),
        (10005, "awaiting_support", "Closed and open again.", ""),
        (10006, "closed", "Closed for good.", ""),
    ]
    assert asked(desk, "SELECT body FROM feed_feeditem WHERE kind = 'post' ORDER BY id") == [
        ("See *the bill*, @oscar.",),
        ("I did.",),
    ]
    closed = "SELECT note, reopened_at IS NOT NULL FROM cases_closure WHERE note <> '' ORDER BY id"
    assert asked(desk, closed) == [("Paid", True), ("Done", False)]
    assigned = (
        "SELECT a.status, d.name, u.username FROM assignments_caseassignment a"
        " JOIN people_department d ON d.id = department_id JOIN people_user u ON u.id = assignee_id"
    )
    assert asked(desk, assigned) == [("accepted", "Legal", "oscar")]
    for table, rows in (("cases_merge", 1), ("cases_relatedcase", 1), ("cases_follower", 1)):
        assert asked(desk, f"SELECT count(*) FROM {table}") == [(rows,)]


def test_it_can_be_worked_on_and_found(desk: psycopg.Connection[Any]) -> None:
    """Triggers, sequences and what search looks at are there, and know the old records."""
    (number,) = asked(desk, "SELECT nextval('cases_case_number')")[0]
    assert number > 10006
    words = "SELECT word FROM directory_nameword WHERE word = 'DELGADO'"
    assert asked(desk, words) == [("DELGADO",)]
    with pytest.raises(psycopg.errors.IntegrityError, match="closed"):
        desk.execute("UPDATE cases_case SET status = 'new' WHERE number = 10006")
    with pytest.raises(psycopg.Error):
        desk.execute("DELETE FROM core_auditentry")
    restored = "SELECT origin, changes->>'release' FROM core_auditentry WHERE kind = 'restored'"
    assert asked(desk, restored) == [("command restore", "0.1.0")]


def test_its_files_and_its_key_came_along(data: Path, desk: psycopg.Connection[Any]) -> None:
    ((key,),) = asked(desk, "SELECT stored_as FROM files_casefile")
    assert (data / "files" / key).read_bytes() == b"%PDF-1.4 a bill"
    secret = data / "secret-key"
    assert secret.read_text(encoding="ascii") == "the-key-of-the-release-before\n"
    assert secret.stat().st_mode & 0o777 == 0o600
