"""What `demo` and `serve` prepare, and when they need not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.db import connection

from heliodesk.server import prepare, prepared
from heliodesk.server.problem import Problem


@pytest.mark.django_db
def test_an_empty_database_is_of_no_kind_yet() -> None:
    assert prepare.kind_of_database() is None


@pytest.mark.django_db
@pytest.mark.parametrize(("held", "wanted"), [("demo", "desk"), ("desk", "demo")])
def test_the_demo_company_and_real_records_never_mix(held: str, wanted: str) -> None:
    prepare.mark(held)
    with pytest.raises(Problem, match="This database holds"):
        prepare.fill(wanted)


@pytest.mark.django_db
def test_a_migrated_database_lacks_no_migration() -> None:
    prepare.refuse_missing_migrations()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notices'")
    with pytest.raises(Problem, match="bin/heliodesk migrate"):
        prepare.refuse_missing_migrations()


def test_what_is_prepared_stays_so_until_the_program_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "heliodesk").mkdir(parents=True)
    (checkout / "requirements").mkdir()
    (checkout / "requirements" / "base.txt").touch()
    monkeypatch.setattr(prepared, "CHECKOUT", checkout)
    url = os.environ["DATABASE_URL"]
    assert not prepared.is_prepared(tmp_path, url, "desk")
    prepared.remember(tmp_path, url, "desk")
    assert prepared.is_prepared(tmp_path, url, "desk")
    assert not prepared.is_prepared(tmp_path, url, "demo")
    (checkout / "heliodesk" / "new.py").touch()
    assert not prepared.is_prepared(tmp_path, url, "desk")
