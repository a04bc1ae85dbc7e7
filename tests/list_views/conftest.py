from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case, Closure, Follower, Merge
from heliodesk.feed.models import FeedItem
from tests import kept
from tests.cast import Cast
from tests.clocks import Clock
from tests.list_views import plain, world

FILLED = (Case, Closure, CaseAssignment, FeedItem, Follower, Merge)
_filled: list[tuple[datetime, str]] = []


@pytest.fixture
def desk(company: Cast, still: Clock) -> list[Case]:
    """A company with some sixty cases of every kind; gives them in the order of their IDs. They are
    made once, and inserted again at the moment they were made."""
    if not _filled:
        world.fill(company, 50)
        _filled.append((still.at, kept.rows(FILLED)))
        return plain.cases()
    still.at, rows = _filled[0]
    with connection.cursor() as cursor:
        cursor.execute(rows)
    return plain.cases()
