"""Doing something to several cases in tests, as a person does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from heliodesk.bulk.models import Act, BulkAction, BulkResult
from heliodesk.bulk.rules.running import carry_on
from heliodesk.bulk.rules.starting import start_bulk_action
from heliodesk.bulk.selection import Selection
from heliodesk.cases.models import Case
from heliodesk.people.models import User
from tests.cast import actor

LONG = 600.0  # seconds


def picked(cases: Iterable[Case]) -> Selection:
    """These cases."""
    return Selection(numbers=tuple(case.number for case in cases))


def begun(by: User, act: Act, cases: Iterable[Case], **arguments: Any) -> BulkAction:
    """The action, begun and not carried on."""
    chosen = list(cases)
    return start_bulk_action(
        act, over=picked(chosen), arguments=arguments, confirmed=len(chosen), by=actor(by)
    )


def done(by: User, act: Act, cases: Iterable[Case], **arguments: Any) -> BulkAction:
    """The action when it has ended."""
    action = begun(by, act, cases, **arguments)
    assert carry_on(action.pk, seconds=LONG)
    action.refresh_from_db()
    return action


def result(action: BulkAction, case: Case) -> BulkResult:
    """What came of one case."""
    return BulkResult.objects.get(action=action, case=case)
