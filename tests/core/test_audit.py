"""Who did what, when, from where is recorded, and nobody edits that record (K4)."""

from __future__ import annotations

import pytest

from heliodesk.core import audit
from heliodesk.core.models import AuditEntry
from tests.cast import Cast, actor
from tests.clocks import Clock
from tests.sql import breach

pytestmark = pytest.mark.django_db


def test_an_entry_says_who_what_when_and_from_where(company: Cast, still: Clock) -> None:
    audit.note("renamed", "account", 7, changes={"name": ["A", "B"]}, by=actor(company.bea))
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.at, entry.origin) == (company.bea, still.at, "test")
    assert (entry.kind, entry.subject_kind, entry.subject_id) == ("renamed", "account", 7)
    assert entry.changes == {"name": ["A", "B"]}


@pytest.mark.parametrize(
    "sql", ["UPDATE core_auditentry SET kind = 'other'", "DELETE FROM core_auditentry"]
)
def test_nobody_changes_or_deletes_it(company: Cast, sql: str) -> None:
    audit.note("renamed", "account", 7, by=actor(company.bea))
    assert breach(sql) == "audit_entry_stays"
