"""Erasing refuses, is recorded, and leaves the record of changes otherwise as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from heliodesk.cases.models import Case, Status
from heliodesk.core import clock
from heliodesk.core.models import AuditEntry
from heliodesk.core.refusal import NotFound, NotPermitted, Refused
from heliodesk.directory.models import Account
from heliodesk.directory.rules.accounts import edit_account
from heliodesk.drafts.models import Draft
from heliodesk.list_views.models import ListView
from heliodesk.personal_data.models import Erasure
from heliodesk.personal_data.rules.erasing import erase_homeowner
from heliodesk.personal_data.rules.exporting import export_homeowner
from tests import cast
from tests.cast import Cast, actor
from tests.personal_data.conftest import NAME, Zenobia


def test_it_is_recorded_without_the_data(company: Cast) -> None:
    cast.case(company, status=Status.CLOSED)
    erasure = erase_homeowner(company.homeowner.pk, typed=" Maria  Delgado ", by=actor(company.ada))
    assert (erasure.by, erasure.cases, erasure.files) == (company.ada, 1, 0)
    entry = AuditEntry.objects.get(kind="homeowner_erased")
    assert (entry.subject_id, entry.by, entry.changes) == (
        company.homeowner.pk, company.ada, {"cases": 1, "files": 0},
    )  # fmt: skip
    company.homeowner.refresh_from_db()
    assert company.homeowner.name == "Erased"
    assert Case.objects.get().customer_name == "Erased"


def test_it_is_refused_while_a_case_is_open_and_says_which(company: Cast) -> None:
    case = cast.case(company)
    with pytest.raises(Refused) as caught:
        erase_homeowner(company.homeowner.pk, typed="Maria Delgado", by=actor(company.ada))
    assert caught.value.code == "case_open"
    assert case.display_number in caught.value.message
    company.homeowner.refresh_from_db()
    assert company.homeowner.name == "Maria Delgado"


def test_somebody_called_by_a_common_word_takes_nothing_of_others_along(company: Cast) -> None:
    Account.objects.filter(pk=company.homeowner.pk).update(name="Customer")
    query = "all=open:is:yes&columns=number,customer"
    view = ListView.objects.create(
        name="Hers", query=query, owner=company.bea, changed_at=clock.now()
    )
    draft = Draft.objects.create(
        user=company.bea, key="cases/new", data={"about": "The customer calls."}, at=clock.now()
    )
    erase_homeowner(company.homeowner.pk, typed="Customer", by=actor(company.ada))
    view.refresh_from_db()
    assert view.query == query
    assert Draft.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("typed", ["", "Maria", "maria delgado"])
def test_only_the_very_name_confirms_it(company: Cast, typed: str) -> None:
    with pytest.raises(Refused) as caught:
        erase_homeowner(company.homeowner.pk, typed=typed, by=actor(company.ada))
    assert (caught.value.code, caught.value.field) == ("not_confirmed", "typed")
    assert not Erasure.objects.exists()


def test_only_administrators(company: Cast) -> None:
    for by in (company.sue, company.bea, company.dora):
        with pytest.raises(NotPermitted):
            erase_homeowner(company.homeowner.pk, typed="Maria Delgado", by=actor(by))
        with pytest.raises(NotPermitted):
            export_homeowner(company.homeowner.pk, by=actor(by))


def test_an_org_is_no_homeowner(company: Cast) -> None:
    with pytest.raises(NotFound):
        erase_homeowner(company.org.pk, typed=company.org.name, by=actor(company.ada))
    with pytest.raises(NotFound):
        export_homeowner(company.org.pk, by=actor(company.ada))


def test_who_came_back_is_erased_again(company: Cast) -> None:
    ada = actor(company.ada)
    erase_homeowner(company.homeowner.pk, typed="Maria Delgado", by=ada)
    edit_account(company.homeowner, values={"name": "Mia Delgado"}, by=ada)
    erase_homeowner(company.homeowner.pk, typed="Mia Delgado", by=ada)
    company.homeowner.refresh_from_db()
    assert company.homeowner.name == "Erased"
    assert Erasure.objects.count() == 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE core_auditentry SET changes = '{}'",
        'UPDATE core_auditentry SET changes = \'{"name": ["Erased", "Bob"]}\'',
        "UPDATE core_auditentry SET by_id = NULL",
        "UPDATE core_auditentry SET at = now() + interval '1 day'",
        "UPDATE core_auditentry SET kind = 'x', changes = personal_data_erased(changes)",
        "DELETE FROM core_auditentry",
    ],
)
def test_nothing_else_happens_to_the_record_of_changes(company: Cast, change: str) -> None:
    edit_account(company.homeowner, values={"name": "Mia Delgado"}, by=actor(company.ada))
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.django_db
def test_an_erased_event_still_says_who_owned_it_and_why_it_closed() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT personal_data_erased_event('owner',
                '{"old": "Frank", "new": "Bea", "reason": "Maria called", "item": 7}'),
            personal_data_erased_event('closed', '{"reason": "Resolved", "note": "Maria"}'),
            personal_data_erased_event('fields',
                '{"fields": {"Phone": ["1", ""], "Job": [3, null]}, "files": []}'),
            personal_data_erased_event('created', '{}')"""
        )
        read = cursor.fetchone()
    owner, closed, fields, created = (json.loads(x) if isinstance(x, str) else x for x in read)
    assert owner == {"old": "Frank", "new": "Bea", "reason": "Erased", "item": 7}
    assert closed == {"reason": "Resolved", "note": "Erased"}
    assert fields == {"fields": {"Phone": ["Erased", ""], "Job": [3, None]}, "files": []}
    assert created == {}


def test_everything_is_exported(company: Cast, zenobia: Zenobia, storage: Path) -> None:
    held = export_homeowner(zenobia.account.pk, by=actor(company.ada))
    assert {name for name, rows in held.items() if not rows} == {
        "jira_links", "engine_comments", "contract_confirmations",
    }  # fmt: skip
    assert held["account"][0]["name"] == NAME
    assert held["people_of_the_desk"][str(company.frank.pk)] == company.frank.name
    assert "555-0177" in str(held["posts_and_events"])
    assert held["files"][0]["name"] == "quartermain.txt"
    entry = AuditEntry.objects.get(kind="homeowner_exported")
    assert entry.changes["cases"] == 1
