"""A desk with an Engine set up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from heliodesk.cases.models import EngineSettings
from heliodesk.cases.rules.engine_settings import set_engine
from heliodesk.integrations.engine.connecting import patience
from tests.cast import Cast, actor
from tests.integrations.engine.server import TOKEN, FakeEngine, fake_engine


def set_up(address: str, company: Cast, *, is_active: bool = True) -> EngineSettings:
    """Ada sets this Engine up."""
    return set_engine(address=address, token=TOKEN, is_active=is_active, by=actor(company.ada))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[FakeEngine]:
    """An Engine that nobody has told the desk of."""
    patience.regain()
    with fake_engine(tmp_path) as engine:
        yield engine
    patience.regain()


@pytest.fixture
def engine(running: FakeEngine, company: Cast) -> FakeEngine:
    """The Engine that is set up."""
    set_up(running.address, company)
    return running
