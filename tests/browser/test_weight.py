"""What pages weigh on their way to the browser, and that they stand still while they come.

The bytes are those that `heliodesk serve` sends: static files as WhiteNoise has compressed them
before (Brotli), pages as the desk compresses them, and the heads of all answers.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from heliodesk.cases.models import Status
from heliodesk.feed.rules.posts import post
from tests.browser.profiles import Profiles, sign_in
from tests.cast import Cast, actor, assignment, case

KB = 1024
FIRST, LATER = 120 * KB, 30 * KB
HEAD = 600  # bytes of an answer's head: the desk's longest, with its Content-Security-Policy
SEEN = 0.001  # of the page, moved: a hundredth of what counts as good; less is a word by a few dots
#: Each move of the page by itself that can be seen: how far, and what moved.
MOVES = """(seen) => new Promise((done) => {
  const sum = [];
  const what = ({ node }) => (node?.outerHTML ?? node?.textContent ?? "gone").slice(0, 120);
  const told = (one) => `${one.value} at ${one.startTime}: ${one.sources.map(what).join(" | ")}`;
  const far = (one) => one.value >= seen;
  const watch = (list) => list.getEntries().filter(far).forEach((one) => sum.push(told(one)));
  new PerformanceObserver(watch).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum), 100));
})"""


@cache
def static_bytes(name: str) -> int:
    """What the file weighs, compressed as it is when it is collected."""
    found = finders.find(name)
    assert isinstance(found, str), name
    return len(brotli.compress(Path(found).read_bytes()))


class Scales:
    """Weighs what a page loads."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.known: set[str] = set()
        self.answers: list[Response] = []
        self.moved: list[str] = []
        page.on("response", lambda answer: self.answers.append(answer))

    def weigh(self, address: str) -> int:
        """Bytes of the page and of all it loads that no page before has loaded."""
        self.answers.clear()
        self.page.goto(address)
        self.moved = self.page.evaluate(MOVES, SEEN)
        return sum(self._bytes(answer) for answer in list(self.answers))

    def _bytes(self, answer: Response) -> int:
        path = urlsplit(answer.url).path
        if path in self.known or answer.url.startswith("data:"):
            return 0
        if path.startswith("/static/"):
            self.known.add(path)
            return HEAD + static_bytes(path.removeprefix("/static/"))
        return HEAD + int(answer.header_value("content-length") or 0)


def test_pages_are_light_and_stand_still(
    profiles: Profiles, live_server: LiveServer, firm: Cast
) -> None:
    cases = [case(firm, owner_queue=firm.homeowner_queue) for _ in range(60)]
    mine = case(firm, owner_agent=firm.sue, status=Status.INTERNAL_REFERRAL)
    assignment(firm, mine)
    for number in range(15):
        post(mine, body=f"Post {number}, with some words in it.", by=actor(firm.frank))
    addresses = [
        "/",
        "/queues/homeowner/",
        mine.get_absolute_url(),
        f"{mine.get_absolute_url()}closure/new/",
        "/cases/",
        "/search/?q=delgado",
        f"/accounts/{firm.homeowner.pk}/",
        "/dashboards/team/",
        cases[0].get_absolute_url(),
    ]
    page = sign_in(profiles.special(locale="en-CA"), firm.sue, live_server)
    profiles.spoil(page)
    scales = Scales(page)
    weights, moves = {}, {}
    for address in addresses:
        weights[address] = scales.weigh(live_server.url + address)
        expect(page.locator("main h1")).to_have_count(1)
        moves[address] = scales.moved
    assert weights["/"] < FIRST, weights
    later = {address: weight for address, weight in weights.items() if address != "/"}
    assert max(later.values()) < LATER, later
    assert {address: moved for address, moved in moves.items() if moved} == {}
