"""Administrators read the record of changes, and nobody edits it (K4)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from heliodesk.cases.rules.closed_reasons import keep_closed_reason
from heliodesk.cases.rules.closing import close
from heliodesk.core import audit, clock
from heliodesk.core.models import AuditEntry
from heliodesk.people.access import SYSTEM
from heliodesk.people.models.choices import Choice
from heliodesk.set_up.queries.change_words import THINGS
from heliodesk.set_up.queries.changes import PAGE, changes
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser, page, words

pytestmark = pytest.mark.django_db
ADDRESS = "/set-up/changes/"
HELIODESK = Path(__file__).parents[3] / "heliodesk"


@pytest.fixture
def recorded(company: Cast) -> Cast:
    """Frank closed a case, Ada renamed a reason, and the desk did something by itself."""
    close(cast.case(company), reason=company.resolved, by=actor(company.frank))
    keep_closed_reason(company.resolved, name="Done", by=actor(company.ada))
    audit.note("follow_up_escalated", "case", None, by=SYSTEM)
    return company


def test_it_says_who_did_what_when_from_where(
    recorded: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ada = browser(recorded.ada)
    with django_assert_max_num_queries(8 + 2):  # two are the savepoint of the test itself
        shown = words(ada.get(ADDRESS))
    for said in ("Frank Tester", "Closed", "Resolved", "Set-up changed", "Closed Reason Done",
                  "Heliodesk", "system", "<del>Resolved</del> → Done"):  # fmt: skip
        assert said in shown
    case = AuditEntry.objects.get(kind="closed").subject_id
    assert case
    assert "Case 0" in shown


def test_whatever_is_recorded_of_can_be_chosen_in_words() -> None:
    chosen_from = {str(one._meta.model_name) for one in Choice.__subclasses__()}
    directory = {"account", "contact", "contract", "job"}
    named = {subject for path in HELIODESK.rglob("*.py") for subject in subjects_in(path)}
    assert {"user", "case", "engine_settings", "jira"} <= named
    assert chosen_from | directory | named <= set(THINGS)


def subjects_in(path: Path) -> Iterator[str]:
    """What the calls of `audit.note` in a file say that entries are about, where they write it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.note":
            about = node.args[1]
            if isinstance(about, ast.Constant):
                yield str(about.value)


def test_it_is_filtered_by_who_what_of_what_from_where_and_when(recorded: Cast) -> None:
    number = cast.case(recorded).number - 1
    for query, found in (
        (f"by={recorded.frank.pk}", ["Closed"]),
        ("by=0", ["Follow up escalated"]),
        ("what=Set-up changed", ["Set-up changed"]),
        (f"of=closedreason&number={recorded.resolved.pk}", ["Set-up changed"]),
        (f"number={number}", ["Closed"]),
        ("of=case", ["Follow up escalated", "Closed"]),
        ("origin=system", ["Follow up escalated"]),
        ("until=2001-01-01", []),
        (f"until=9999-12-31&number={number}", ["Closed"]),
    ):
        shown = page(recorded.ada, f"{ADDRESS}?{query}")
        cells = shown.split("<tbody>")[-1] if found else shown
        assert [what for what in ("Follow up escalated", "Set-up changed", "Closed")
                if f'class="table__wide">{what}<' in cells] == found, query  # fmt: skip
    assert "Nothing in the record fits the filter." in page(recorded.ada, f"{ADDRESS}?by=0&what=x")


def test_it_goes_on_page_by_page(recorded: Cast) -> None:
    now = clock.now()
    AuditEntry.objects.bulk_create(
        AuditEntry(at=now - timedelta(seconds=n // 3), origin="x", kind=f"k{n}", subject_kind="job")
        for n in range(2 * PAGE)
    )
    seen: list[int] = []
    older = ""
    for _ in range(3):
        found = changes({}, older)
        seen += [row.id for row in found.rows]
        older = found.older
    assert len(seen) == len(set(seen)) == AuditEntry.objects.count()
    assert older == ""
    assert changes({}, "no cursor_at all").rows[0].id == seen[0]
    first = page(recorded.ada, ADDRESS)
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first


def test_one_that_takes_too_long_asks_for_days(
    recorded: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "heliodesk.set_up.queries.changes.READ", "SELECT pg_sleep(1) WHERE {where} LIMIT {most}"
    )
    monkeypatch.setattr("heliodesk.set_up.queries.changes.LONGEST", "5")
    shown = page(recorded.ada, ADDRESS, status=409)
    assert "Give the days between which to look" in shown
    assert connection.is_usable()


@pytest.mark.parametrize("who", ["frank", "sue", "dora"])
def test_others_are_refused(recorded: Cast, who: str) -> None:
    assert browser(getattr(recorded, who)).get(ADDRESS).status_code == 403


def test_nobody_adds_to_it_on_the_screen(recorded: Cast) -> None:
    assert browser(recorded.ada).post(ADDRESS, {"kind": "nothing"}).status_code == 405
