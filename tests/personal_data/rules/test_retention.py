"""Whose time is over, and that it comes by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from heliodesk.cases.models import Case, Interaction, Status
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.directory.models import Account, Contract
from heliodesk.personal_data.models import Erasure, Retention
from heliodesk.personal_data.queries.due import before, due
from heliodesk.personal_data.rules.retention import erase_due, set_retention
from tests import cast
from tests.cast import Cast, actor
from tests.clocks import Clock


@pytest.fixture
def long_ago(company: Cast, still: Clock) -> Case:
    """A case of Maria's that was closed two years ago, when her contracts had ended."""
    Account.objects.update(created_at=still.at - timedelta(days=1000))
    Contract.objects.filter(account=company.homeowner).update(status="completed")
    then = still.at - timedelta(days=730)
    return cast.case(company, status=Status.CLOSED, created_at=then, closed_at=then)


def names(months: int = 12) -> list[str]:
    return [one.name for one in due(months)]


def test_who_has_only_old_closed_cases_is_due(company: Cast, long_ago: Case) -> None:
    assert names() == ["Maria Delgado"]
    assert names(months=36) == []


@pytest.mark.parametrize(
    "newer",
    [
        lambda c, now: cast.case(c),
        lambda c, now: cast.case(c, status=Status.CLOSED, closed_at=now),
        lambda c, now: Contract.objects.filter(pk=c.contract.pk).update(status="active"),
        lambda c, now: Contract.objects.filter(pk=c.contract.pk).update(status="pending"),
        lambda c, now: Account.objects.filter(pk=c.homeowner.pk).update(created_at=now),
        lambda c, now: Interaction.objects.create(
            account=c.homeowner, channel="phone", about="x", resolved=True, at=now, by=c.bea
        ),
    ],
)
def test_who_has_anything_newer_is_not(
    company: Cast, long_ago: Case, still: Clock, newer: Any
) -> None:
    newer(company, still.at)
    assert names() == []


def test_it_is_off_until_an_administrator_sets_it(company: Cast, long_ago: Case) -> None:
    assert Retention.current().months is None
    assert erase_due() == 0
    set_retention(12, by=actor(company.ada))
    assert erase_due() == 1
    assert Erasure.objects.get().by is None
    assert erase_due() == 0
    assert AuditEntry.objects.get(kind="retention_changed").changes == {"months": [None, 12]}
    company.homeowner.refresh_from_db()
    assert company.homeowner.name == "Erased"
    set_retention(None, by=actor(company.ada))
    assert Retention.current().months is None


def test_who_opened_a_case_meanwhile_keeps_nobody_else(
    company: Cast, long_ago: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_retention(12, by=actor(company.ada))
    found = due(12)
    cast.case(company)
    monkeypatch.setattr("heliodesk.personal_data.rules.retention.due", lambda *_, **__: found)
    assert erase_due() == 0


@pytest.mark.parametrize("months", [0, -1, 601])
def test_a_time_that_is_none_is_refused(company: Cast, months: int) -> None:
    with pytest.raises(Refused) as caught:
        set_retention(months, by=actor(company.ada))
    assert caught.value.field == "months"


def test_only_administrators_say_how_long(company: Cast) -> None:
    with pytest.raises(NotPermitted):
        set_retention(12, by=actor(company.sue))


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        ((2026, 3, 31), 1, (2026, 2, 28)),
        ((2024, 3, 31), 1, (2024, 2, 29)),
        ((2026, 1, 15), 12, (2025, 1, 15)),
        ((2026, 12, 31), 18, (2025, 6, 30)),
    ],
)
def test_months_are_counted_by_the_calendar(
    still: Clock, now: tuple[int, int, int], months: int, then: tuple[int, int, int]
) -> None:
    still.at = datetime(*now, tzinfo=UTC)
    assert before(months) == datetime(*then, tzinfo=UTC)
