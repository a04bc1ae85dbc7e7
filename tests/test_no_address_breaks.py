"""No address breaks, whatever is sent to it: a page or a clear refusal, never an error (K1, K5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from heliodesk.feed import kinds
from heliodesk.feed.record import record
from tests import cast as people
from tests.cast import Cast
from tests.screens import walker

HUGE = "9" * 20
ENDLESS = "9" * 5000
NUL = "\x00"
NASTY = (HUGE, ENDLESS, "'\"><script>%s²")
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
#: All of them take a minute: what one process has begun the other can share.
PARTS = 6
in_parts = pytest.mark.parametrize("part", range(PARTS))


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


def leads_somewhere(path: str) -> bool:
    """Whether one of the routes takes the address."""
    try:
        resolve(unquote(path))
    except Resolver404:
        return False
    return True


@in_parts
def test_no_nasty_address_breaks(client: Client, part: int) -> None:
    filled_in = [
        (nasty, "/" + PARAMETER.sub(nasty, route))
        for route in routes()[part::PARTS]
        if PARAMETER.search(route)
        for nasty in IN_A_PATH
    ]
    # Where no route takes it, one of a kind stands for the others.
    astray = {nasty: path for nasty, path in filled_in if not leads_somewhere(path)}
    paths = [path for _, path in filled_in if leads_somewhere(path)] + list(astray.values())
    tried = [(method, path) for path in paths for method in ("GET", "POST")]
    codes = {one: client.generic(one[0], one[1]).status_code for one in tried}
    assert not [(method, path[:80]) for (method, path), code in codes.items() if code >= 500]
    # Signing in leads on: to the question whether it is oneself, for example.
    led = {code for (_, path), code in codes.items() if not path.startswith("/session/")}
    assert led <= {200, 400, 401, 403, 404, 405, 409}


def test_no_question_with_a_nul_is_read(client: Client, addresses: list[str]) -> None:
    """`ReadableMiddleware` refuses it before any address does."""
    for address in (addresses[0], addresses[-1]):
        answer = client.get(f"{address}?{all_of(QUESTIONS, NUL)}")
        assert answer.status_code == HTTPStatus.BAD_REQUEST


def broken(answers: Iterable[tuple[str, Any]]) -> Iterator[str]:
    """What was sent where the answer is an error. Where an address takes none of the kind, whatever
    is in it, nothing more is asked of it: the answers are made as they are looked at."""
    for value, answer in answers:
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            yield value[:20]
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return


def questions(client: Client, address: str) -> Iterator[tuple[str, Any]]:
    """The answers to nasty questions: in every field, and where records that are not there were
    refused before anything else was read, in the others."""
    for value in NASTY:
        answer = client.get(f"{address}?{all_of((*QUESTIONS, *RECORDS), value)}")
        yield value, answer
        if answer.status_code != HTTPStatus.OK:
            yield value, client.get(f"{address}?{all_of(QUESTIONS, value)}")


def forms(
    client: Client, address: str, more: Iterable[str], without: str = "once"
) -> Iterator[tuple[str, Any]]:
    """The answers to nasty forms: once with what makes a form unreadable, and in every field of the
    page and `more`, but one."""
    yield "once", client.post(address, all_of(ANSWERS, HUGE), FORM)
    fields = NAMES.findall(client.get(address).content.decode())
    names = {*fields, *more, *ANSWERS} - {"once", without}
    for value in (NUL, *NASTY):
        yield value, client.post(address, all_of(names, value), FORM)


@in_parts
def test_no_nasty_question_breaks(client: Client, addresses: list[str], part: int) -> None:
    found = {each: list(broken(questions(client, each))) for each in addresses[part::PARTS]}
    assert not any(found.values()), found


@in_parts
def test_no_nasty_form_breaks(client: Client, addresses: list[str], part: int) -> None:
    asked = addresses[part::PARTS]
    found = {address: list(broken(forms(client, address, QUESTIONS))) for address in asked}
    assert not any(found.values()), found
