"""The demo company, imagined once for all tests that read it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from heliodesk.demo.casework import Casework, Talk
from heliodesk.demo.company import Company
from heliodesk.demo.load import imagine

NOW = datetime(2026, 3, 18, 22, 40, tzinfo=UTC)
Imagined = tuple[Company, list[Casework], list[Talk]]


@pytest.fixture(scope="session")
def imagined() -> Imagined:
    """Directory, cases and conversations on an afternoon in March."""
    return imagine(NOW)


@pytest.fixture(scope="session")
def cases(imagined: Imagined) -> list[Casework]:
    """The cases alone, oldest first."""
    return imagined[1]


@pytest.fixture(scope="session")
def directory(imagined: Imagined) -> Company:
    """The directory alone."""
    return imagined[0]
