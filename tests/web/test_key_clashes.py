"""A key does one thing on a page: no two actions that it could press carry the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from lxml import html

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case
from tests import cast
from tests.cast import Cast
from tests.screens import walker
from tests.test_no_address_breaks import filled, routes

#: What the keyboard does by itself wherever one is.
GENERAL = {"/", "?", "j", "k", "x", "g"}
CARRIES = "//*[@data-key or @data-key-focus]"
CARRIED = re.compile(r'data-key(?:-focus)?="([^"]*)"')
#: Pages on which it matters what became of a case.
ABOUT_CASES = ("cases/", "assignments/", "queues/", "departments/", "contracts/", "accounts/")
PLACE = "ancestor-or-self::*[@data-row or @data-bulk]"


def clashing(page: str) -> set[str]:
    """Keys that two elements of one place carry, or that mean something everywhere. A place is a
    row, the bar of a selection, or the page around them."""
    carried = CARRIED.findall(page)
    if len(carried) == len(set(carried)) and GENERAL.isdisjoint(carried):
        return set()  # whatever the places are; taking the page apart takes as long as making it
    found: Counter[tuple[str, str]] = Counter()
    tree = html.document_fromstring(page).getroottree()
    for element in tree.xpath(CARRIES):
        around = element.xpath(PLACE)
        place = tree.getpath(around[-1]) if around else ""
        for name in ("data-key", "data-key-focus"):
            if key := element.get(name):
                found[place, key] += 1
    twice = {key for (_, key), count in found.items() if count > 1}
    return twice | {key for _, key in found if key in GENERAL}


def test_a_clash_is_found() -> None:
    row = '<tr data-row><td><a data-key="t">Take</a></tr>'
    table = f"<table>{row}{row}</table>"
    assert not clashing(f'<p><a data-key="t">Take next</a><br></p>{table}')
    assert clashing(f'<p data-bulk><a data-key="t"></a></p>{table}<i data-key="t"></i>') == set()
    assert clashing('<a data-key="n">New<br></a><p><input data-key-focus="n"></p>') == {"n"}
    twice = '<tr data-row><td><a data-key="t"></a><td><b data-key="t"></b></tr>'
    assert clashing(f"<table>{twice}</table>") == {"t"}
    assert clashing('<a data-key="j">Jira</a>') == {"j"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "state"), [("ada", "open"), ("bea", "waits"), ("bea", "closed"), ("dora", "open")]
)
def test_no_two_actions_of_a_page_share_a_key(company: Cast, who: str, state: str) -> None:
    client = walker(getattr(company, who))
    clashes = {}
    for address in addresses(company, state):
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            clashes[address] = clashing(answer.content.decode())
    assert len(clashes) > 5
    assert {address: keys for address, keys in clashes.items() if keys} == {}


def addresses(company: Cast, state: str) -> set[str]:
    """The pages about a case in this state, and about everything else there is."""
    states: dict[str, dict[str, Any]] = {
        "open": {"owner_agent": company.ada},
        "waits": {"owner_queue": company.homeowner_queue},
        "closed": {"owner_agent": company.bea, "status": "closed"},
    }
    case = cast.case(company, **states[state])
    status = "completed" if state == "closed" else "open"
    assignment = cast.assignment(company, case, status=status)
    there = {
        "contract_id": company.contract.contract_id,
        "slug": company.homeowner_queue.slug,
        "user_id": company.frank.pk,
        "person_id": company.frank.pk,
        "contact_id": company.org_contact.pk,
        "account_id": company.org.pk,
        "pk": company.homeowner.pk,
    }
    asked = routes()
    if state != "open":  # all others look as they do beside an open case
        asked = [route for route in asked if route.startswith(ABOUT_CASES)]
    return {"/" + filled(route, there | named(route, company, case, assignment)) for route in asked}


def named(route: str, company: Cast, case: Case, assignment: CaseAssignment) -> dict[str, Any]:
    """What the route means by a number, and by a slug."""
    if route.startswith("departments/"):
        return {"slug": company.sales.slug}
    return {"number": assignment.pk if route.startswith("assignments/") else case.number}
