"""A rule that refuses leaves nothing behind, whoever called it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from heliodesk.core import audit
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule, undone_as_a_whole
from heliodesk.people.access import SYSTEM


@rule("K3")
def note_and_refuse() -> None:
    audit.note("refused", "test", None, by=SYSTEM)
    raise Refused("no", "No.", rule="K3")


@rule("K3")
def write(kind: str) -> None:
    audit.note(kind, "test", None, by=SYSTEM)


@rule("K3")
def write_in_spite_of_a_refusal() -> None:
    with pytest.raises(Refused):
        note_and_refuse()
    write("kept")


def as_a_whole(act: Callable[[], None]) -> None:
    with transaction.atomic(), undone_as_a_whole():
        act()


def kinds() -> list[str]:
    return list(AuditEntry.objects.values_list("kind", flat=True))


@pytest.mark.django_db
def test_what_an_inner_rule_refuses_is_undone_alone() -> None:
    write_in_spite_of_a_refusal()
    assert kinds() == ["kept"]


@pytest.mark.django_db
def test_that_holds_where_the_outer_one_is_undone_as_a_whole() -> None:
    as_a_whole(write_in_spite_of_a_refusal)
    assert kinds() == ["kept"]


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_is_undone_as_a_whole_has_no_savepoint_and_leaves_nothing() -> None:
    with CaptureQueriesContext(connection) as asked, pytest.raises(Refused):
        as_a_whole(note_and_refuse)
    assert not [each for each in asked if each["sql"].startswith("SAVEPOINT")]
    assert kinds() == []


@pytest.mark.django_db(transaction=True)
def test_going_on_after_such_a_refusal_fails() -> None:
    def go_on() -> None:
        with pytest.raises(Refused):
            note_and_refuse()
        write("gone on")

    with pytest.raises(TransactionManagementError):
        as_a_whole(go_on)
    assert kinds() == []
