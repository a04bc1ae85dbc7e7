"""No address breaks, whatever is sent to it: a page or a clear refusal, never an error (K1, K5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from heliodesk.feed import kinds
from heliodesk.feed.record import record
from tests import cast as people
from tests.cast import Cast
from tests.screens import walker

HUGE = "9" * 20
ENDLESS = "9" * 5000
NASTY = ("\x00", HUGE, ENDLESS, "'\"><script>%s²")
IN_A_PATH = ("0", HUGE, "%00", "%ff")
FORM = "application/x-www-form-urlencoded"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
NAMES = re.compile(r'<(?:input|select|textarea|button)\b[^>]*?\bname="([^"]+)"')
#: What the addresses understand beside the fields of their forms; those that name a record first.
RECORDS = ("case", "contract", "contact", "account", "interaction", "continues", "reply_to")
QUESTIONS = (
    "q", "sort", "after", "before", "show", "item", "tab", "only", "cases", "kind", "org", "group",
    "status", "installer", "as", "next", "to", "request_type", "request_subtype", "description",
    "about", "name", "phone", "property_address",
)  # fmt: skip
ANSWERS = ("key", "data", "up_to", "none_of_these", "once", "then", "only", "leave_on", "again")


@pytest.fixture
def client(company: Cast) -> Client:
    """A browser of somebody who may everything; errors come as the answer they are."""
    made = walker(company.ada)
    made.raise_request_exception = False
    return made


@pytest.fixture
def addresses(company: Cast) -> list[str]:
    """An address of each route that leads to something."""
    case = people.case(company, owner_agent=company.ada)
    item = record(case, kinds.POST, body="Hello", by=people.actor(company.ada))
    there = {
        "number": case.number,
        "item_id": item.pk,
        "contract_id": company.contract.contract_id,
        "slug": company.homeowner_queue.slug,
        "user_id": company.frank.pk,
        "person_id": company.frank.pk,
        "contact_id": company.org_contact.pk,
        "account_id": company.org.pk,
        "pk": company.homeowner.pk,
    }
    return ["/" + filled(route, there) for route in routes()]


def filled(route: str, values: dict[str, Any]) -> str:
    return PARAMETER.sub(lambda found: str(values.get(found[1], 1)), route)


def routes() -> list[str]:
    """The routes of the desk."""
    return list(below(get_resolver(), ""))


def below(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from below(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


def all_of(names: Iterable[str], value: str) -> str:
    """The value in each of the fields, as a browser encodes it."""
    return urlencode(dict.fromkeys(names, value.encode("utf-8", "surrogatepass")))


def test_no_nasty_address_breaks(client: Client) -> None:
    tried = [
        (method, "/" + PARAMETER.sub(part, route))
        for route in routes()
        if PARAMETER.search(route)
        for part in IN_A_PATH
        for method in ("GET", "POST")
    ]
    codes = {one: client.generic(one[0], one[1]).status_code for one in tried}
    assert not [(method, path[:80]) for (method, path), code in codes.items() if code >= 500]
    # Signing in leads on: to the question whether it is oneself, for example.
    led = {code for (_, path), code in codes.items() if not path.startswith("/session/")}
    assert led <= {200, 400, 401, 403, 404, 405, 409}


def test_no_nasty_question_breaks(client: Client, addresses: list[str]) -> None:
    broken = []
    for address in addresses:
        for value in NASTY:
            for names in (QUESTIONS, RECORDS):
                if client.get(f"{address}?{all_of(names, value)}").status_code >= 500:
                    broken.append((address, names, value[:20]))
    assert not broken


def test_no_nasty_form_breaks(client: Client, addresses: list[str]) -> None:
    broken = []
    for address in addresses:
        fields = {*NAMES.findall(client.get(address).content.decode()), *QUESTIONS} - {"once"}
        for value in NASTY:
            for names in (fields, ANSWERS):
                if client.post(address, all_of(names, value), FORM).status_code >= 500:
                    broken.append((address, names, value[:20]))
    assert not broken
