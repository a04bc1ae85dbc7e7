"""One size, from the empty database to the figures."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection

from benchmarks import agents, bare, company, load, operations, seeking, statements
from benchmarks.clients import (
    Form,
    Forms,
    Load,
    read_by_threads,
    read_pages,
    send_by_threads,
    send_forms,
)
from benchmarks.desk import served
from benchmarks.directory import Directory
from benchmarks.operations import Desk
from benchmarks.processes import cpu, memory
from benchmarks.report import Line, Report, write

TAKEN_BY_AGENTS = 1_000
WARM_UP = 1.0  # seconds at most, and however long the answers under way take
CLIENTS = 8  # that warm the server up: each of its threads has to have worked once
FOR_TAKE_NEXT = 20_000  # more than can be taken in the seconds that are measured

WITH_BARE_SQL = {"queue list", "case page", "my desk"}


def measure(size: int, options: argparse.Namespace, data: Path) -> int:
    """Print the figures for a desk of `size` cases; gives how many answers were wrong."""
    began = time.monotonic()
    made = company.make()
    load.load(size, made)
    report = Report(
        size, options.clients, options.command, _version(), loaded_in=time.monotonic() - began
    )
    print(f"{size:,} cases loaded in {report.loaded_in:.0f} s", flush=True)
    desk = operations.sign_in(made, size)
    with served(data) as (port, server):
        for name, operation in _operations(desk, data).items():
            if options.only and not any(word in name for word in options.only):
                continue
            if name == "take next":
                operations.refill_queue(made, FOR_TAKE_NEXT)
            report.lines.append(operation(name, port, server, options))
            print(report.markdown().splitlines()[-3], flush=True)
        report.memory = memory(server)
        if not options.only or "agents" in options.only:
            operations.refill_queue(made, min(TAKEN_BY_AGENTS, size))
            report.taking = agents.take_all(port, desk.back_office, made.queues["homeowner"])
    connection.close()
    print(report.markdown())
    if options.write:
        write(report)
    return report.wrong


Operation = Callable[[str, int, int, argparse.Namespace], Line]


def _operations(desk: Desk, folder: Path) -> dict[str, Operation]:
    directory = Directory(desk.size, desk.company)
    queue_pages = ["/queues/homeowner/", "/queues/installer/"]
    return {
        "queue list": _pages(queue_pages, desk.back_office, folder),
        "case page": _pages(desk.case_paths, desk.back_office, folder),
        "my desk": _pages(["/"], desk.back_office, folder),
        "search as typed": _pages(seeking.as_typed(directory), desk.frontline, folder),
        "full text, common word": _pages(seeking.common_words(), desk.frontline, folder),
        "full text, rare word": _pages(seeking.rare_words(), desk.frontline, folder),
        "list, selective": _pages(seeking.lists(seeking.SELECTIVE), desk.back_office, folder),
        "list, unselective": _pages(seeking.lists(seeking.UNSELECTIVE), desk.back_office, folder),
        "list, nothing": _pages(seeking.lists(seeking.NOTHING), desk.back_office, folder),
        "list, other sorts": _pages(seeking.other_lists(), desk.back_office, folder),
        "team dashboard": _pages(seeking.DASHBOARD, desk.supervisors, folder),
        "list as JSON": _pages(seeking.API_LISTS, desk.tokens, folder),
        "selective, as JSON": _pages(seeking.api_lists(seeking.SELECTIVE), desk.tokens, folder),
        "unselective, as JSON": _pages(seeking.api_lists(seeking.UNSELECTIVE), desk.tokens, folder),
        "case as JSON": _pages(desk.api_paths, desk.tokens, folder),
        "post": _forms(desk.posts(), folder),
        "create": _forms(desk.creations(), folder),
        "take next": _forms(desk.takings(), folder),
        "bulk owner, 20 cases": _forms(desk.bulk_changes(), folder),
    }


def _pages(paths: list[str], sessions: list[str], folder: Path) -> Operation:
    def load_with(port: int, clients: int, seconds: float) -> Load:
        return read_pages(port, paths, sessions, clients=clients, seconds=seconds, folder=folder)

    steps = iter(range(10**9))

    def one() -> tuple[str, str, None]:
        step = next(steps)
        return paths[step % len(paths)], sessions[step % len(sessions)], None

    def warm_up(port: int, seconds: float) -> None:
        read_by_threads(port, paths, sessions, clients=2 * CLIENTS, seconds=seconds)

    return _operation(load_with, warm_up, one, folder)


def _forms(made: Iterator[Form], folder: Path) -> Operation:
    forms = Forms(made)

    def load_with(port: int, clients: int, seconds: float) -> Load:
        return send_forms(port, forms, clients=clients, seconds=seconds, folder=folder)

    def warm_up(port: int, seconds: float) -> None:
        send_by_threads(port, forms, clients=CLIENTS, seconds=seconds)

    return _operation(load_with, warm_up, lambda: next(forms), folder)


def _operation(
    load_with: Callable[[int, int, float], Load],
    warm_up: Callable[[int, float], None],
    one: Callable[[], tuple[str, str, dict[str, str] | None]],
    folder: Path,
) -> Operation:
    def run(name: str, port: int, server: int, options: argparse.Namespace) -> Line:
        cost = statements.cost(one)
        database = str(connection.settings_dict["NAME"])
        warm_up(port, min(WARM_UP, options.seconds))
        alone = load_with(port, 1, max(options.seconds / 3, min(options.seconds, 1)))
        before = cpu(server, database)
        together = load_with(port, options.clients, options.seconds)
        spent = cpu(server, database) - before
        url = os.environ["DATABASE_URL"]
        is_page = name in WITH_BARE_SQL
        seconds = min(options.seconds, 3)
        rate = bare.rate(cost.slowest, url=url, seconds=seconds, folder=folder) if is_page else None
        return Line(name, alone, together, spent, cost, rate)

    return run


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return "PostgreSQL " + str(cursor.fetchone()[0]).split()[0]
