"""V3. Several cases at once: a result for each, by the rules of the single act; and export."""

from __future__ import annotations

from typing import Any

import pytest

from heliodesk.bulk.models import BulkAction
from heliodesk.bulk.rules import starting
from heliodesk.bulk.rules.running import carry_on
from heliodesk.bulk.views import beginning
from heliodesk.cases.models import Case, Status
from heliodesk.people.models import DeskSettings
from tests import cast
from tests.cast import Cast
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db
NEW = "/bulk-actions/new/"


def test_v3_several_cases_at_once_give_a_result_each_with_the_rule_that_refused(
    company: Cast,
) -> None:
    done, closed = cast.case(company), cast.case(company, status=Status.CLOSED)
    foreign = cast.case(company, owner_agent=company.fiona)
    numbers = ",".join(case.display_number for case in (done, closed, foreign))
    address = send(
        company.frank, NEW, act="change_owner", cases=numbers, to=f"user-{company.bea.pk}"
    )
    shown = page(company.frank, address)
    for words, rule in (("The case is closed", "X6"), ("belongs to Fiona Tester", "Q5")):
        assert words in shown
        assert f'href="/guide/#{rule}"' in shown
    done.refresh_from_db()
    assert done.owner_agent == company.bea


def test_v3_all_that_match_are_done_in_the_background_and_can_be_stopped(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "FEW", 2)
    monkeypatch.setattr(beginning, "FEW", 2)
    cases = [cast.case(company) for _ in range(3)]
    sent = {"act": "set_priority", "everything": "1", "filter": "all=open:is:yes", "priority": "1"}
    assert "All 3 cases of this filter" in send(company.frank, NEW, 200, **sent)
    address = send(company.frank, NEW, **sent, confirmed="3")
    assert "Running" in page(company.frank, address)
    send(company.frank, f"{address}stopping/")
    assert "3 cases were not touched" in page(company.frank, address)
    address = send(company.frank, NEW, **sent, confirmed="3")
    carry_on(BulkAction.objects.latest("pk").pk, seconds=60)
    assert "Finished" in page(company.frank, address)
    assert Case.objects.filter(priority=1).count() == len(cases)


def test_v3_a_list_is_exported_whole_by_whoever_may(company: Cast) -> None:
    cases = [cast.case(company) for _ in range(120)]
    answer: Any = browser(company.frank).get("/cases/export/?all=open:is:yes&columns=number")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0] == "Case number"
    assert sorted(lines[1:]) == sorted(case.display_number for case in cases)
    DeskSettings.objects.create(pk=1, support_exports=False)
    refused = page(company.frank, "/cases/export/?all=open:is:yes", 403)
    assert "Send the address of the list to a supervisor" in refused
