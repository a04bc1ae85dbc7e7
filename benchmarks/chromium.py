"""`bin/bench chromium`: what a browser takes for the desk's pages, and for what is done on them."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import desk, interactions

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from benchmarks.paint import Tries, Watcher

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
HEAD = """
| page | what is done | to the next paint, median | worst | page's CPU | seen after |
| --- | --- | ---: | ---: | ---: | ---: |"""
PAGES = """
| page | on the wire | requests | largest text or picture after | moved |
| --- | ---: | ---: | ---: | ---: |"""


@dataclass(frozen=True)
class Who:
    """Who looks, with their session, and the pages of theirs with what they do on each."""

    name: str
    session: str
    pages: dict[str, list[interactions.Interaction]]


def main(given: list[str]) -> int:
    """Measure, and print two tables; 1 where something took too long."""
    options = _options(given)
    try:
        import playwright.sync_api  # noqa: F401 - is it there?
    except ImportError:
        raise SystemExit(
            "bin/bench chromium needs playwright (requirements/test.in): run bin/test once, which "
            "installs it."
        ) from None
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("bin/bench chromium needs the package chromium.")
    with _desk(options) as data:
        people = _people()
        serving = nullcontext((options.port, 0)) if options.port else desk.served(data)
        with serving as (port, _):
            return _measure(chromium, f"http://127.0.0.1:{port}", people, options)


@contextmanager
def _desk(options: argparse.Namespace) -> Iterator[Path]:
    """The folder of a desk of that size; or of one that is there already."""
    if options.data:
        from heliodesk.server import environment

        with environment.desk(options.data, echo=print):
            import django

            django.setup()
            yield options.data
        return
    with tempfile.TemporaryDirectory(prefix="heliodesk-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own account passes through, where root runs this
        data = Path(folder) / "desk"
        data.mkdir()
        with desk.database_of(options.size, data, options.template):
            desk.prepare()
            from benchmarks import company, load

            load.load(options.size, company.make())
            yield data


def _people() -> list[Who]:
    """A back-office agent with open cases, and a supervisor."""
    from django.db import connection
    from django.db.models import Count

    from benchmarks.operations import session_of
    from heliodesk.cases.models import Case
    from heliodesk.people.models import User

    active = User.objects.filter(is_active=True)
    open_cases = Case.objects.exclude(status="closed")
    busiest = open_cases.filter(owner_agent__in=active.filter(role="back_office"))
    agent = busiest.values("owner_agent").annotate(n=Count("pk")).order_by("-n")[0]["owner_agent"]
    of_agent = open_cases.filter(owner_agent=agent, status="new").order_by("-pk")
    case = of_agent.first() or open_cases.filter(owner_agent=agent)[0]
    supervisor = active.filter(role="supervisor").order_by("pk")[0]
    dialogs = [interactions.dialog(name, path) for name, path in interactions.DIALOGS.items()]
    listed = [*interactions.LIST, *interactions.PREVIEW]
    people = [
        Who(
            "agent",
            session_of(active.get(pk=agent)),
            {
                "/": interactions.DESK,
                "/queues/homeowner/": listed,
                case.get_absolute_url(): [*interactions.CASE, *dialogs],
            },
        ),
        Who(
            "supervisor",
            session_of(supervisor),
            {
                "/": interactions.FRAME,
                "/cases/?all=open:is:yes": [*listed, *interactions.CHIP],
                "/dashboards/team/": interactions.FRAME,
            },
        ),
    ]
    connection.close()
    return people


def _measure(chromium: str, base: str, people: list[Who], options: argparse.Namespace) -> int:
    from playwright.sync_api import sync_playwright

    rows: list[str] = []
    worst = 0.0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        print(PAGES)
        for who in people:
            with _watching(browser, base, who) as watcher:
                watcher.slow_down(options.slower)
                for address, done in who.pages.items():
                    print(_page(who, address, watcher.open(base + address)), flush=True)
                    for one in done:
                        tries = watcher.measure(one, options.tries)
                        worst = max(worst, median(tries.paints))
                        rows.append(_row(who, address, tries))
                        print(rows[-1], file=sys.stderr, flush=True)
        browser.close()
    print(HEAD)
    print("\n".join(rows))
    print(f"\n{options.tries} tries each, processor {options.slower:g} times slower.")
    return int(worst > options.wanted)


@contextmanager
def _watching(browser: Browser, base: str, who: Who) -> Iterator[Watcher]:
    """A page of a profile of their own, with nothing kept from before."""
    from benchmarks.paint import Watcher

    profile = browser.new_context(viewport={"width": 1440, "height": 900})
    profile.set_default_timeout(30_000)
    profile.add_cookies([{"name": "sessionid", "value": who.session, "url": base}])
    yield Watcher(profile.new_page())
    profile.close()


def _page(who: Who, address: str, found: dict[str, float]) -> str:
    return (
        f"| {who.name} {_short(address)} | {found['KB']:.1f} KB | {found['requests']:.0f} | "
        f"{found['seen']:.0f} ms | {found['moved']:.4f} |"
    )


def _row(who: Who, address: str, tries: Tries) -> str:
    seen = f"{median(tries.seen):.0f} ms" if any(tries.seen) else ""
    return (
        f"| {who.name} {_short(address)} | {tries.name} | {median(tries.paints):.0f} ms | "
        f"{max(tries.paints):.0f} ms | {median(tries.cpu):.0f} ms | {seen} |"
    )


def _short(address: str) -> str:
    return "/cases/<number>/" if address[7:].strip("/").isdigit() else address.partition("?")[0]


def _options(given: list[str]) -> argparse.Namespace:
    from benchmarks.__main__ import number

    parser = argparse.ArgumentParser(prog="bin/bench chromium", description=__doc__)
    parser.add_argument("--size", type=number, default=10_000, help="cases: 10k, 100k, 1m")
    parser.add_argument("--tries", type=int, default=12, help="of each interaction")
    parser.add_argument("--slower", type=float, default=1, help="as if the processor were")
    parser.add_argument("--wanted", type=float, default=100, help="milliseconds to the next paint")
    parser.add_argument("--template", metavar="NAME", help="an empty desk, to be copied")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="a desk that is there already, as it is"
    )
    parser.add_argument("--port", type=int, help="where the desk of --data is served already")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heliodesk.settings")
    return parser.parse_args(given)
