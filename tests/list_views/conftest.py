from __future__ import annotations

import pytest

from heliodesk.cases.models import Case
from tests.cast import Cast
from tests.clocks import Clock
from tests.list_views import plain, world


@pytest.fixture
def desk(company: Cast, still: Clock) -> list[Case]:
    """A company with some sixty cases of every kind; gives them in the order of their IDs."""
    world.fill(company, 50)
    return plain.cases()
