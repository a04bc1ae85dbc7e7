"""K6 for department members: the cases of A8 with what belongs to them, and nothing else, at any
address of the desk and behind any link that they are shown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from heliodesk.assignments.models import CaseAssignment
from heliodesk.cases.models import Case, Channel, Interaction, Status
from heliodesk.core import clock
from heliodesk.directory.models import Job
from heliodesk.feed.models import FeedItem
from heliodesk.feed.rules.posts import post
from heliodesk.files.models import CaseFile
from heliodesk.files.rules.upload import add_files
from heliodesk.notices.models import Notice, NoticeKind
from tests import cast
from tests.cast import Cast, actor
from tests.screens import browser

pytestmark = pytest.mark.django_db
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
LINK = re.compile(r'(?:href|action|formaction|data-mentions|data-lookup)="(/[^"]*)"')
#: What belongs to cases that Dora may not see. None of it is said to her anywhere.
SECRETS = ("Tom Okafor", "C-2001", "C-0999", "Luis Delgado", "Hidden words", "hidden.txt",
           "Cedar Ridge", "Hidden reason")  # fmt: skip


@dataclass
class Desk:
    """The case that Dora's department was asked about, and others of the same customer and not."""

    seen: Case
    asked: CaseAssignment
    same_customer: Case
    neighbours: Case
    legals: CaseAssignment
    file: CaseFile
    hidden_file: CaseFile


@pytest.fixture
def desk(company: Cast, settings: Settings, tmp_path: Any) -> Desk:
    settings.MEDIA_ROOT = tmp_path
    frank = actor(company.frank)
    seen = cast.case(
        company, status=Status.INTERNAL_REFERRAL, installer_contact=company.org_contact
    )
    hidden = {"description": "Hidden words about it."}
    same = cast.case(company, contract=company.cancelled, previous_case=seen, **hidden)
    neighbours = cast.case(
        company, account=company.neighbour, contact=company.neighbour_contact,
        contract=company.neighbour_contract, customer_name="Tom Okafor",
        owner_queue=company.homeowner_queue, **hidden,
    )  # fmt: skip
    for case in (seen, same, neighbours):
        name = "shown.txt" if case == seen else "hidden.txt"
        add_files(case, uploads=[SimpleUploadedFile(name, b"x")], by=frank)
        Interaction.objects.create(
            account=case.account, case=case, channel=Channel.PHONE, resolved=False,
            about="Shown talk" if case == seen else "Hidden words", at=clock.now(),
            by=company.frank,
        )  # fmt: skip
        post(case, body="Shown post" if case == seen else "Hidden words", by=frank)
    Job.objects.create(job_id="J-1", installer=company.org, contract=company.neighbour_contract)
    reason = company.legal.referral_reasons.create(name="Hidden reason")
    return Desk(
        seen=seen,
        asked=cast.assignment(company, seen),
        same_customer=same,
        neighbours=neighbours,
        legals=cast.assignment(
            company, neighbours, department=company.legal, reason=reason, comments="Hidden words"
        ),
        file=CaseFile.objects.get(case=seen),
        hidden_file=CaseFile.objects.get(case=same),
    )


def routes(patterns: list[Any], before: str = "/") -> Iterator[str]:
    """Every route of the desk's own pages."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def keys(company: Cast, desk: Desk, *, hidden: bool) -> list[dict[str, object]]:
    """What stands in the addresses of what Dora may see, or of what she may not."""
    account = company.neighbour if hidden else company.homeowner
    contact = company.co_signer if hidden else company.signer
    cases = [desk.same_customer, desk.neighbours] if hidden else [desk.seen]
    return [
        {
            "number": case.display_number,
            "contract_id": "C-2001" if hidden else "C-1001",
            "slug": slug,
            "account_id": account.pk,
            "pk": key,
            "contact_id": contact.pk,
            "user_id": company.frank.pk,
            "person_id": company.frank.pk,
            "item_id": FeedItem.objects.filter(case=case).first().pk,  # type: ignore[union-attr]
            "file_id": (desk.hidden_file if hidden else desk.file).pk,
            "name": "hidden.txt",
            "notice_id": 1,
        }
        for case, slug, key in zip(
            cases, ("legal", "homeowner"), (account.pk, contact.pk), strict=False
        )
    ]


def filled(route: str, known: dict[str, object], assignment: str) -> str:
    number = assignment if route.startswith("/assignments/") else known["number"]
    return PARAMETER.sub(lambda m: str(number if m[1] == "number" else known.get(m[1], 1)), route)


def words(answer: Any) -> str:
    """What the answer says; a redirect and a file say where they lead and what is in them."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return html.unescape(body.decode(errors="replace"))


def test_k6_behind_no_link_is_anything_of_cases_one_may_not_see(company: Cast, desk: Desk) -> None:
    """Dora follows every link that she is shown, from My desk on: each leads to something, and
    none of it is hidden from her."""
    client = browser(company.dora)
    post(desk.seen, body="@dora look", by=actor(company.frank))
    to_see, seen, leaks, nowhere = ["/"], set(), [], []
    while to_see:
        address = to_see.pop()
        elsewhere = address.startswith(("/static/", "/session/"))
        if address in seen or elsewhere or "sort=" in address:
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code in {301, 302, 303}:
            to_see.append(urljoin(address, answer["Location"].split("#")[0]))
            continue
        if answer.status_code not in {200, 405}:
            nowhere.append((address, answer.status_code))
            continue
        said = words(answer)
        leaks += [(address, secret) for secret in secrets(desk) if secret in said]
        to_see += [
            urljoin(address, html.unescape(link).split("#")[0]) for link in LINK.findall(said)
        ]
    assert leaks == []
    assert nowhere == []
    assert {desk.seen.get_absolute_url(), "/departments/sales/", f"/assignments/{desk.asked}/",
            "/contracts/C-1001/", f"/accounts/{company.org.pk}/"} <= seen  # fmt: skip


def secrets(desk: Desk) -> tuple[str, ...]:
    return (*SECRETS, desk.same_customer.display_number, desk.neighbours.display_number)


@pytest.mark.parametrize("of", [0, 1], ids=["the same customer", "another customer"])
def test_k6_at_no_address_is_anything_of_cases_one_may_not_see(
    company: Cast, desk: Desk, of: int
) -> None:
    """Whatever address she types, with the numbers of what is hidden, and whatever she sends."""
    client = Client(raise_request_exception=False)
    client.force_login(company.dora)
    first, known = (keys(company, desk, hidden=True)[at] for at in (0, of))
    leaks, tried = [], 0
    for route in routes(get_resolver().url_patterns):
        if "logout" in route or not PARAMETER.search(route):
            continue
        address = filled(route, known, str(desk.legals))
        if of and address == filled(route, first, str(desk.legals)):
            continue  # tried already
        for ask in (client.get, client.post):
            tried += 1
            answer = ask(address)
            said = words(answer).replace(str(known["contract_id"]), "").replace("hidden.txt", "")
            if answer.status_code >= 500 or any(one in said for one in SECRETS):
                leaks.append((ask.__name__, address, answer.status_code))
    assert leaks == []
    assert tried > 60


WORDS = ("q", "name", "phone", "description", "property_address")
RECORDS = ("case", "contract", "contact", "account", "interaction", "continues", "org", "installer")


@pytest.mark.parametrize("part", [0, 1, 2])
def test_k6_no_search_finds_anything_of_cases_one_may_not_see(
    company: Cast, desk: Desk, part: int
) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(company.dora)
    asked = [dict.fromkeys(WORDS, words_asked) for words_asked in ("okafor", "luis", "fir lane")]
    asked += [
        dict.fromkeys(RECORDS, record)
        for record in ("C-2001", desk.neighbours.display_number, str(company.neighbour.pk))
    ]
    leaks = []
    for route in list(routes(get_resolver().url_patterns))[part::3]:
        if PARAMETER.search(route) or "session" in route or "live" in route:
            continue
        refused = client.get(route).status_code in {403, 404, 405}
        # What is refused to her anyhow is asked everything at once.
        for question in [asked[0] | asked[3]] if refused else asked:
            answer = client.get(route, question, follow=True)
            said = words(answer)
            found = [one for one in SECRETS if one in said and one not in question.values()]
            if answer.status_code >= 500 or found:
                leaks.append((route, question, answer.status_code, found))
    assert leaks == []


def test_k6_nothing_on_the_case_is_changed_but_by_posts_files_and_the_assignment(
    company: Cast, desk: Desk
) -> None:
    """Everything that the case page offers Support is refused to her, whatever is sent."""
    client = Client()
    client.force_login(company.dora)
    before = Case.objects.values().get(pk=desk.seen.pk)
    (known,) = keys(company, desk, hidden=False)
    open_to_her = ("posts/", "files/", "follow")
    for route in routes(get_resolver().url_patterns):
        if not route.startswith("/cases/<int:number>/") or any(w in route for w in open_to_her):
            continue
        answer = client.post(filled(route, known, ""), {"status": "awaiting_customer"})
        assert answer.status_code in {403, 404, 405, 409, 422}, (route, answer.status_code)
    assert Case.objects.values().get(pk=desk.seen.pk) == before
    case_page = words(client.get(desk.seen.get_absolute_url()))
    for act in ("closure/new/", "review/new/", "owner/", "edit/", "assignments/new/",
                "interactions/new/", "merge/new/"):  # fmt: skip
        assert not re.search(re.escape(act) + '["?]', case_page), act


def test_k6_the_bell_counts_only_notices_of_cases_one_may_see(company: Cast, desk: Desk) -> None:
    for case in (desk.seen, desk.neighbours):
        item = FeedItem.objects.filter(case=case).first()
        Notice.objects.create(
            recipient=company.dora, case=case, item=item, kind=NoticeKind.MENTIONED, at=clock.now()
        )
    assert "Notices, 1 unread" in words(browser(company.dora).get("/guide/"))
    assert "Notices, 0 unread" in words(browser(company.oscar).get("/guide/"))


def test_k6_what_was_seen_stays_seen_when_the_assignment_has_ended(
    company: Cast, desk: Desk
) -> None:
    CaseAssignment.objects.filter(pk=desk.asked.pk).update(
        status="withdrawn", ended_at=clock.now() + timedelta(seconds=1), ended_by=company.frank
    )
    for address in (desk.seen.get_absolute_url(), f"/assignments/{desk.asked}/"):
        assert browser(company.dora).get(address).status_code == 200
