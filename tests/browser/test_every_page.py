"""Every page of the desk, in light and dark, wide and narrow, and at 200 % zoom: axe finds nothing,
nothing scrolls sideways, and nothing goes wrong in the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.cases.models import Case, Priority, Status
from heliodesk.cases.rules.interaction import record_interaction
from heliodesk.cases.rules.review import log_review
from heliodesk.core import clock
from heliodesk.feed.rules.posts import post
from tests.browser.looks import findings_in_every_look, overflows
from tests.browser.profiles import Profiles, SignIn, sign_in
from tests.cast import Cast, actor, case, installer_case

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def cases(firm: Cast) -> dict[str, Case]:
    """Cases in several states, with a feed, a review and an interaction, and long words in them."""
    now = clock.now()
    open_case = case(firm, owner_agent=firm.bea, description=f"She read {LONG} on the meter.")
    post(open_case, body=f"@bea see **this**: https://example.com/{LONG}", by=actor(firm.frank))
    log_review(open_case, comments="Current Status: waits for the bank", by=actor(firm.bea))
    record_interaction(
        account=firm.homeowner,
        channel="phone",
        contact=firm.signer,
        about="Asked when the bill comes.",
        resolved=True,
        by=actor(firm.frank),
    )
    return {
        "open": open_case,
        "waiting": case(
            firm,
            owner_queue=firm.homeowner_queue,
            priority=Priority.HIGH,
            created_at=now - timedelta(days=3),
        ),
        "asked": case(
            firm,
            owner_queue=firm.homeowner_queue,
            status=Status.AWAITING_CUSTOMER,
            customer_name=f"Anna {LONG}",
        ),
        "closed": case(
            firm,
            owner_agent=firm.bea,
            status=Status.CLOSED,
            created_at=now - timedelta(days=2),
            closed_at=now - timedelta(hours=1),
        ),
        "ending": case(firm, contract=firm.cancelled, owner_agent=firm.bea),
        "not_on_record": case(
            firm,
            contract=None,
            contact=None,
            account=firm.org,
            contract_gap="not_on_record",
            customer_name="Tom Okafor",
            customer_phone="(619) 555-0143",
            property_address="14 Fir Lane, Fresno, CA 93650",
            owner_agent=firm.bea,
        ),
        "installer": installer_case(firm, owner_agent=firm.bea),
    }


#: The pages by name, in groups; `{open}` and the like stand for the address of a case, other names
#: for keys.
LISTS = {
    "my desk": "/",
    "queues": "/queues/",
    "queue": "/queues/homeowner/",
    "empty queue": "/queues/installer/",
    "accounts": "/accounts/?q=fir",
    "contracts": "/contracts/",
    "notices": "/notices/",
    "guide": "/guide/",
    "not found": "/cases/99999999/",
}
CASES = {
    "case": "{open}",
    "case, related": "{open}?tab=related",
    "case, activity": "{open}?tab=activity",
    "case in a queue": "{waiting}",
    "closed case": "{closed}",
    "case on an ending contract": "{ending}",
    "case not on record": "{not_on_record}",
    "installer case": "{installer}",
}
ACTS = {
    "log review": "{open}review/new/",
    "close": "{open}closure/new/",
    "reopen": "{closed}reopening/new/",
    "change owner": "{open}owner/",
    "edit": "{open}edit/",
    "set status": "{open}status/",
    "files": "{open}files/",
    "post": "{open}posts/",
    "change contract": "{open}contract/",
    "change contract, second step": "{open}contract/?contract=C-2001",
}
NEW_CASES = {
    "new homeowner case": "/contracts/C-1001/cases/new/",
    "new case on a cancelled contract": "/contracts/C-0999/cases/new/",
    "new installer case": "/accounts/{org}/cases/new/",
    "new case of a contact": "/contacts/{org_contact}/cases/new/",
    "new case not on record": "/accounts/{org}/not-on-record/new/",
    "find whom": "/interactions/new/?q=delgado",
    "interaction": "/interactions/new/?contract=C-1001",
}
DIRECTORY = {
    "homeowner account": "/accounts/{homeowner}/",
    "installer account": "/accounts/{org}/",
    "new account": "/accounts/new/",
    "edit account": "/accounts/{homeowner}/edit/",
    "contract": "/contracts/C-1001/",
    "new contract": "/accounts/{homeowner}/contracts/new/",
    "contact": "/contacts/{signer}/",
    "new contact": "/accounts/{homeowner}/contacts/new/",
}
GROUPS = {
    "lists": LISTS,
    "cases": CASES,
    "acts": ACTS,
    "new cases": NEW_CASES,
    "directory": DIRECTORY,
}
SUPERVISORS = {"people": "/people/", "person": "/people/{bea}/"}


def address(path: str, firm: Cast, cases: dict[str, Case]) -> str:
    """The path with the keys of the cast and the addresses of the cases in it."""
    places = {name: one.get_absolute_url() for name, one in cases.items()}
    keys = ("org", "org_contact", "homeowner", "signer", "bea")
    return path.format(**places, **{name: getattr(firm, name).pk for name in keys})


def looked_at(page: Page, addresses: dict[str, str]) -> dict[str, list[str]]:
    """What is found on each of the pages, those without a finding left out."""
    found = {}
    start = page.url.removesuffix("/guide/")
    for name, path in addresses.items():
        page.goto(start + path)
        expect(page.locator("main h1")).to_have_count(1)
        found[name] = findings_in_every_look(page)
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize("group", GROUPS)
def test_pages_in_every_look(as_: SignIn, firm: Cast, cases: dict[str, Case], group: str) -> None:
    page = as_(firm.bea)
    pages = {name: address(path, firm, cases) for name, path in GROUPS[group].items()}
    assert looked_at(page, pages) == {}


def test_pages_of_supervisors_in_every_look(
    as_: SignIn, firm: Cast, cases: dict[str, Case]
) -> None:
    page = as_(firm.sue)
    pages = {name: address(path, firm, cases) for name, path in SUPERVISORS.items()}
    assert looked_at(page, pages) == {}


def test_a_refusal_and_a_desk_without_support_in_every_look(
    as_: SignIn, firm: Cast, cases: dict[str, Case]
) -> None:
    page = as_(firm.fiona, f"{cases['open'].get_absolute_url()}closure/new/")
    expect(page.get_by_role("alert")).to_contain_text("K7")
    assert findings_in_every_look(page) == []
    page = as_(firm.dora, "/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My desk")
    assert findings_in_every_look(page) == []


def test_at_twice_the_size_nothing_scrolls_sideways(
    profiles: Profiles, live_server: LiveServer, firm: Cast, cases: dict[str, Case]
) -> None:
    zoomed = profiles.special(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page: Page = sign_in(zoomed, firm.bea, live_server)
    wide = []
    pages = {name: path for group in GROUPS.values() for name, path in group.items()}
    for name, path in pages.items():
        page.goto(live_server.url + address(path, firm, cases))
        if overflows(page):
            wide.append(name)
    assert wide == []


def test_the_dialogs_in_every_look(as_: SignIn, firm: Cast, cases: dict[str, Case]) -> None:
    page = as_(firm.bea, cases["open"].get_absolute_url())
    for name in ("Log Review", "Change Owner", "Close"):
        page.get_by_role("link", name=name, exact=True).click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        assert findings_in_every_look(page) == []
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
