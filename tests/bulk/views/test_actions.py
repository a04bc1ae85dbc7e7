"""The pages of an action on several cases (V3, K6)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from heliodesk.bulk.models import Act, BulkAction
from heliodesk.cases.models import Case
from heliodesk.cases.rules.ownership import change_owner
from heliodesk.cases.rules.taking import take
from heliodesk.notices.models import Notice
from tests import cast
from tests.bulk.doing import begun, done
from tests.cast import Cast, actor
from tests.screens import browser, page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def action(company: Cast) -> BulkAction:
    """Frank's: one done, one refused."""
    cases = [cast.case(company), cast.case(company, owner_agent=company.fiona)]
    return done(company.frank, Act.PRIORITY, cases, priority="1")


def test_ones_own_and_a_supervisor_sees_all(company: Cast, action: BulkAction) -> None:
    link = f'href="/bulk-actions/{action.pk}/"'
    assert link in page(company.frank, "/bulk-actions/")
    assert link in page(company.sue, "/bulk-actions/")
    assert link not in page(company.fiona, "/bulk-actions/")


@pytest.mark.parametrize("where", ["", "results/", "results.csv", "cases/"])
def test_anothers_are_not_there(company: Cast, action: BulkAction, where: str) -> None:
    assert browser(company.sue).get(f"/bulk-actions/{action.pk}/{where}").status_code == 200
    assert browser(company.fiona).get(f"/bulk-actions/{action.pk}/{where}").status_code == 404
    assert browser(company.dora).get(f"/bulk-actions/{action.pk}/{where}").status_code == 404


@pytest.mark.parametrize("what", ["stopping", "again", "going-on"])
def test_nobody_else_stops_or_repeats_it(company: Cast, what: str) -> None:
    running = begun(company.frank, Act.PRIORITY, [cast.case(company)], priority="1")
    send(company.fiona, f"/bulk-actions/{running.pk}/{what}/", 404)
    running.refresh_from_db()
    assert not running.has_ended


def test_stopping(company: Cast) -> None:
    running = begun(company.frank, Act.PRIORITY, [cast.case(company)], priority="1")
    address = f"/bulk-actions/{running.pk}/"
    assert send(company.frank, f"{address}stopping/") == address
    shown = page(company.frank, address)
    assert "Stopped" in shown
    assert "1 case was not touched" in shown
    assert running.chunks.get().case_ids
    assert "There is no" not in page(company.frank, f"{address}results/?left=1")
    assert "Not done" in browser(company.frank).get(f"{address}results.csv").getvalue().decode()
    assert "ended already" in send(company.frank, f"{address}stopping/", 409)


def test_a_stopped_one_is_gone_on_with_once(company: Cast) -> None:
    running = begun(company.frank, Act.PRIORITY, [cast.case(company)], priority="1")
    address = f"/bulk-actions/{running.pk}/"
    send(company.frank, f"{address}stopping/")
    assert "Go on with the 1 not touched" in page(company.frank, address)
    token = {"once": str(uuid4())}
    first, second = (browser(company.frank).post(f"{address}going-on/", token) for _ in range(2))
    assert first["Location"] == second["Location"]
    later = BulkAction.objects.get(again_of=running)
    assert (later.done, later.total) == (1, 1)
    shown = page(company.frank, address)
    assert "Go on with" not in shown
    assert f'<a href="/bulk-actions/{later.pk}/">a later action</a> went on with them' in shown
    assert "It goes on with the cases that" in page(company.frank, f"/bulk-actions/{later.pk}/")


def test_the_refused_ones_again_make_one_new_action(company: Cast, action: BulkAction) -> None:
    Case.objects.filter(owner_agent=company.fiona).update(owner_agent=company.frank)
    token = str(uuid4())
    client = browser(company.frank)
    first, second = (
        client.post(f"/bulk-actions/{action.pk}/again/", {"once": token}) for _ in range(2)
    )
    assert first["Location"] == second["Location"]
    again = BulkAction.objects.get(again_of=action)
    assert (again.done, again.total) == (1, 1)


def test_what_the_refused_ones_lack_is_asked_for(company: Cast) -> None:
    taken = take(cast.case(company, owner_queue=company.homeowner_queue), by=actor(company.bea))
    action = done(company.frank, Act.OWNER, [taken], to=company.homeowner_queue)
    assert (action.done, action.refused) == (0, 1)
    change_owner(taken, to=company.frank, by=actor(company.bea))
    shown = send(company.frank, f"/bulk-actions/{action.pk}/again/", 422)
    assert "say why they go back to one" in shown
    assert f'name="again_of" value="{action.pk}"' in shown


def test_results_as_csv_with_the_rule(company: Cast, action: BulkAction) -> None:
    Case.objects.filter(owner_agent=company.fiona).update(customer_name="=1+1")
    answer: Any = browser(company.frank).get(f"/bulk-actions/{action.pk}/results.csv")
    heading, one, two = answer.getvalue().decode().strip().splitlines()
    assert heading == "Case number,Customer,Result,Why,Rule,At"
    assert ',Done,"","",20' in one
    assert ",'=1+1,Refused,Only the case owner or a supervisor may edit it." in two
    assert ",K7," in two


def test_those_alike(company: Cast, action: BulkAction) -> None:
    refused = action.results.get(outcome="refused")
    shown = page(company.frank, f"/bulk-actions/{action.pk}/results/?like={refused.pk}")
    assert f"{refused.number:08d}" in shown
    assert f"{action.results.get(outcome='done').number:08d}" not in shown


def test_the_notice_of_many_leads_to_the_cases_that_are_ones_own_now(company: Cast) -> None:
    cases = [cast.case(company) for _ in range(3)]
    found = done(company.sue, Act.OWNER, cases, to=company.bea)
    Case.objects.filter(pk=cases[0].pk).update(owner_agent=company.bob)
    address = browser(company.bea).get(f"/notices/{Notice.objects.get().pk}/")["Location"]
    assert address == f"/bulk-actions/{found.pk}/cases/"
    shown = page(company.bea, address)
    assert cases[1].display_number in shown
    assert cases[0].display_number not in shown
    assert browser(company.bea).get(f"/bulk-actions/{found.pk}/").status_code == 404


@pytest.mark.parametrize("where", ["", "results/", "cases/"])
def test_few_statements(
    company: Cast,
    action: BulkAction,
    where: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = browser(company.frank)
    with django_assert_max_num_queries(8):
        client.get(f"/bulk-actions/{action.pk}/{where}")


def test_few_statements_of_the_list(
    company: Cast, action: BulkAction, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(company.sue)
    with django_assert_max_num_queries(8):
        client.get("/bulk-actions/")
