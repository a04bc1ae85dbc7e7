"""Exporting on the screen (V3)."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from heliodesk.bulk.models import Export
from heliodesk.bulk.queries import exported
from heliodesk.bulk.rules.exporting import write_export
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast
from tests.screens import browser, page

pytestmark = pytest.mark.django_db
EXPORT = "/cases/export/"


def content(answer: Any) -> str:
    """What was sent."""
    assert answer.status_code == 200
    return str(b"".join(answer.streaming_content).decode())


def test_the_columns_of_the_list_or_all_of_them(company: Cast) -> None:
    case = cast.case(company)
    client = browser(company.frank)
    answer = client.get(f"{EXPORT}?all=open:is:yes&columns=number,customer&sort=-created_at&back=/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'attachment; filename="cases-' in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    assert content(answer) == f"Case number,Customer\n{case.display_number},Maria Delgado\n"
    assert "Case description" in content(client.get(f"{EXPORT}?columns=all"))
    assert case.display_number in content(client.get(f"{EXPORT}?cases={case.number}"))


def test_the_choice_before_it(company: Cast) -> None:
    shown = page(company.frank, "/exports/new/?all=open:is:yes&columns=number&sort=number")
    assert f'href="{EXPORT}?all=open:is:yes&amp;columns=number&amp;sort=number"' in shown
    assert "columns=all" in shown
    assert "excel=1" in shown


@pytest.mark.parametrize("where", [EXPORT, "/exports/new/"])
def test_who_may_not_is_told_what_to_do_instead(company: Cast, where: str) -> None:
    assert "Send the address of the list to a supervisor" in page(company.dora, where, 403)
    DeskSettings.objects.create(pk=1, support_exports=False)
    refused = page(company.frank, where, 403)
    assert "Lists are exported by supervisors only." in refused
    assert 'href="/guide/#V3"' in refused


@pytest.mark.parametrize("wrong", ["all=status:is:odd", "columns=shoe", "all=shoe:is:1"])
def test_what_makes_no_sense_is_refused(company: Cast, wrong: str) -> None:
    assert "V3" in page(company.frank, f"{EXPORT}?{wrong}", 409)


def test_a_large_one_has_a_page_and_a_file_of_ones_own(
    company: Cast, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(exported, "AT_ONCE", 1)
    for _ in range(2):
        cast.case(company)
    address = browser(company.frank).get(f"{EXPORT}?columns=number")["Location"]
    export = Export.objects.get()
    assert address == f"/exports/{export.pk}/"
    assert "being written" in page(company.frank, address)
    assert "not there (any more)" in page(company.frank, f"{address}file/", 409)
    write_export(export.pk)
    assert "2 rows" in page(company.frank, address)
    assert address in page(company.frank, "/bulk-actions/")
    assert content(browser(company.frank).get(f"{address}file/")).count("\n") == 3
    for other in (company.sue, company.dora):
        assert browser(other).get(address).status_code == 404
    DeskSettings.objects.create(pk=1, support_exports=False)
    assert browser(company.frank).get(f"{address}file/").status_code == 403
