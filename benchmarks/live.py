"""`bin/bench live`: many open pages, posts that have to reach them, and pages beside them."""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from benchmarks import desk
from benchmarks.processes import Cpu, cpu, memory

SETTLE = 3.0  # seconds


@dataclass
class Phase:
    """What was measured at one time: CPU seconds, pages read, and posts with the time each took to
    each of the pages that had to be told (milliseconds)."""

    name: str
    seconds: float = 0.0
    cpu: Cpu = field(default_factory=lambda: Cpu(0.0, 0.0))
    pages: float = 0.0
    page_p95: float = 0.0
    posts: int = 0
    wrong: int = 0
    owed: int = 0
    took: list[float] = field(default_factory=list)

    def row(self) -> str:
        """A row of the table."""
        each = self.cpu.desk + self.cpu.postgres
        times = [f"{_at(self.took, share):.0f} ms" if self.took else "" for share in (0.5, 0.95, 1)]
        told = f"{len(self.took)} of {self.owed}" if self.owed else ""
        pages = [f"{self.pages:.0f}", f"{self.page_p95:.1f} ms"] if self.pages else ["", ""]
        share = f"{self.cpu.desk / self.seconds:.2f} + {self.cpu.postgres / self.seconds:.2f}"
        per_page = f"{each / (self.pages * self.seconds) * 1000:.2f} ms" if self.pages else ""
        cells = [self.name, share, *pages, per_page, f"{self.posts}", told, *times]
        return "| " + " | ".join(cells) + " |"


HEAD = (
    "| phase | CPU a second, desk + PostgreSQL | list pages a second | their p95 "
    "| all CPU a page | posts | told | p50 | p95 | longest |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def main(given: list[str]) -> int:
    """Measure; 1 where a post did not reach a page that should have got it, or was refused."""
    options = _options(given)
    with tempfile.TemporaryDirectory(prefix="heliodesk-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own account passes through, where root runs this
        data = Path(folder) / "desk"
        data.mkdir()
        with desk.database_of(options.size, data, None):
            desk.prepare()
            return _measure(options, data)


def _measure(options: argparse.Namespace, data: Path) -> int:
    from benchmarks import company, load, operations
    from benchmarks.clients import read_by_threads
    from benchmarks.history import FIRST_NUMBER
    from benchmarks.watching import watching

    made = company.make()
    load.load(options.size, made)
    people = operations.sign_in(made, options.size)
    sessions = [*people.frontline, *people.back_office]
    chance = random.Random(17)
    count = max(options.streams // options.watchers, 1)
    numbers = chance.sample(range(FIRST_NUMBER, FIRST_NUMBER + options.size), count)
    wanted = [
        (sessions[(at * options.watchers + each) % len(sessions)], number)
        for at, number in enumerate(numbers)
        for each in range(options.watchers)
    ]
    print(HEAD, flush=True)
    with desk.served(data) as (port, server):
        run = Run(options, data, port, server, sessions, numbers)
        read_by_threads(port, ["/queues/homeowner/"], people.back_office, clients=16, seconds=2)
        phases = [run.phase("pages alone", pages=True)]
        phases.append(run.phase("pages and posts", pages=True, posts=True))
        before = memory(server)
        with watching(port, wanted) as watchers:
            run.watchers = watchers
            time.sleep(SETTLE)
            phases.append(run.phase("streams, nothing happens"))
            phases.append(run.phase("streams and posts", posts=True))
            phases.append(run.phase("streams, posts and pages", pages=True, posts=True))
            held = memory(server)
            refused, lost = watchers.refused, watchers.lost
        run.watchers = None
        phases.append(run.phase("pages and posts again", pages=True, posts=True))
    print(
        f"\n{len(wanted)} streams ({refused} refused, {lost} lost), {options.watchers} on each of "
        f"{count} cases, {options.rate:g} posts a second, {options.seconds:g} s a phase.\n"
        "A time is from sending the form to the event at the page. CPU in cores. Memory of the "
        f"desk's processes, without PostgreSQL (PSS): {before:.0f} MB before, {held:.0f} MB with "
        "all streams open."
    )
    missed = sum(phase.owed - len(phase.took) for phase in phases)
    wrong = refused + lost + sum(phase.wrong for phase in phases)
    return 1 if missed or wrong else 0


@dataclass
class Run:
    """The served desk, and who watches it."""

    options: argparse.Namespace
    data: Path
    port: int
    server: int
    sessions: list[str]
    numbers: list[int]
    watchers: object = None
    marks: int = 0

    def phase(self, name: str, *, pages: bool = False, posts: bool = False) -> Phase:
        """Let pages be read and posts be made, or neither, and measure."""
        from django.db import connection

        phase = Phase(name)
        database = str(connection.settings_dict["NAME"])
        ends = threading.Event()
        writer = threading.Thread(target=self._post, args=(phase, ends))
        first = self.marks
        before, began = cpu(self.server, database), time.monotonic()
        if posts:
            writer.start()
        if pages:
            self._read(phase)
        else:
            time.sleep(self.options.seconds)
        phase.seconds = time.monotonic() - began
        phase.cpu = cpu(self.server, database) - before
        ends.set()
        if posts:
            writer.join()
            self._gather(phase, first)
        print(phase.row(), flush=True)
        return phase

    def _read(self, phase: Phase) -> None:
        from benchmarks.clients import read_pages

        load = read_pages(
            self.port,
            ["/queues/homeowner/", "/queues/installer/"],
            self.sessions[20:],
            clients=self.options.clients,
            seconds=self.options.seconds,
            folder=self.data,
        )
        phase.pages, phase.page_p95 = load.rate, load.p95
        phase.wrong += load.wrong

    def _post(self, phase: Phase, ends: threading.Event) -> None:
        """Post at the rate, however long each post takes, by some connections."""
        from benchmarks.clients import Client

        lock = threading.Lock()
        self.sent: dict[int, float] = {}

        def work(due: float) -> None:
            client = Client(self.port)
            while not ends.wait(max(due - time.monotonic(), 0)):
                with lock:
                    self.marks += 1
                    mark = self.marks
                number = self.numbers[mark % len(self.numbers)]
                self.sent[mark] = time.monotonic()
                body = {"body": f"Agreed, bench-mark-{mark}", "once": str(uuid4())}
                path = f"/cases/{number:08d}/posts/"
                phase.wrong += client.post(path, self.sessions[mark % 20], body) != 303
                due += workers / self.options.rate

        workers = 4
        start = time.monotonic()
        threads = [
            threading.Thread(target=work, args=(start + at / self.options.rate,))
            for at in range(workers)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _gather(self, phase: Phase, first: int) -> None:
        phase.posts = self.marks - first
        came: dict[int, list[float]] | None = getattr(self.watchers, "came", None)
        if came is None:
            return
        time.sleep(SETTLE)
        phase.owed = phase.posts * self.options.watchers
        for mark, sent in self.sent.items():
            phase.took += [(at - sent) * 1000 for at in came.get(mark, [])]


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _options(given: list[str]) -> argparse.Namespace:
    from benchmarks.__main__ import number

    parser = argparse.ArgumentParser(
        prog="bin/bench live",
        description="Open streams, posts that reach them, and pages beside them.",
    )
    parser.add_argument("--size", type=number, default=10_000, help="cases: 10k, 100k, 1m")
    parser.add_argument("--streams", type=int, default=1_000)
    parser.add_argument("--watchers", type=int, default=5, help="streams on each watched case")
    parser.add_argument("--rate", type=float, default=10.0, help="posts a second")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each phase")
    parser.add_argument("--clients", type=int, default=8, help="that read pages")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heliodesk.settings")
    return parser.parse_args(given)
