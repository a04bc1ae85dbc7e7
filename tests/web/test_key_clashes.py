"""A key does one thing on a page: no two actions that it could press carry the same."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case
from tests import cast
from tests.cast import Cast
from tests.screens import walker
from tests.test_no_address_breaks import filled, routes

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
#: What the keyboard does by itself wherever one is.
GENERAL = {"/", "?", "j", "k", "x", "g"}


class Keys(HTMLParser):
    """The keys of a page by where they work: in a row, in the bar of a selection, on the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[tuple[str, str]] = Counter()
        self.places: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the keys of one tag."""
        attributes = dict(attrs)
        own = "data-row" in attributes or "data-bulk" in attributes
        place = f"{tag}, line {self.getpos()}" if own else self.places[-1] if self.places else ""
        if tag not in VOID:
            self.places.append(place)
        for name in ("data-key", "data-key-focus"):
            if key := attributes.get(name):
                self.found[place, key] += 1

    def handle_endtag(self, tag: str) -> None:
        """Leave its place."""
        if tag not in VOID and self.places:
            self.places.pop()

    @property
    def clashes(self) -> set[str]:
        """Keys that two elements of one place carry, or that mean something everywhere."""
        twice = {key for (_, key), count in self.found.items() if count > 1}
        return twice | {key for _, key in self.found if key in GENERAL}


def test_a_clash_is_found() -> None:
    row = '<tr data-row><td><a data-key="t">Take</a></tr>'
    assert not Keys(f'<p><a data-key="t">Take next</a><br></p>{row}{row}').clashes
    assert Keys('<a data-key="n">New<br></a><p><input data-key-focus="n"></p>').clashes == {"n"}
    assert Keys('<tr data-row><a data-key="t"></a><b data-key="t"></b></tr>').clashes == {"t"}
    assert Keys('<a data-key="j">Jira</a>').clashes == {"j"}


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
            clashes[address] = Keys(answer.content.decode()).clashes
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
    return {
        "/" + filled(route, there | named(route, company, case, assignment)) for route in routes()
    }


def named(route: str, company: Cast, case: Case, assignment: CaseAssignment) -> dict[str, Any]:
    """What the route means by a number, and by a slug."""
    if route.startswith("departments/"):
        return {"slug": company.sales.slug}
    return {"number": assignment.pk if route.startswith("assignments/") else case.number}
