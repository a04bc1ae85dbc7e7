"""One desk into which a company has moved, for all tests of a file that only look or add."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.integrations.salesforce import whole_export
from tests.standing import Standing


@dataclass(frozen=True)
class Moved:
    """The export's folder, and what the import said of it."""

    folder: Path
    said: str


@pytest.fixture(scope="module")
def desk(standing: Standing, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A new desk with its defaults; everything is taken back after the file's tests."""
    with django_db_blocker.unblock(), standing.without(), transaction.atomic():
        call_command("load_defaults", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def moved(desk: None, tmp_path_factory: pytest.TempPathFactory) -> Moved:
    """The small company, moved in."""
    folder = tmp_path_factory.mktemp("export")
    whole_export.write(folder)
    return Moved(folder, whole_export.move_in(folder))
