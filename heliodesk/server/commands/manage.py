"""`heliodesk manage …`: Django's own commands, with the desk's database running."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from heliodesk.server import environment
from heliodesk.server.terminal import echo

NAME = "manage"
HELP = "run a Django management command, such as 'shell' or 'dbshell'"


def arguments(parser: argparse.ArgumentParser) -> None:
    """All the rest goes to Django."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")


def run(options: argparse.Namespace) -> int:
    """Hand the rest to Django."""
    with django_ready(options.data) as call:
        call(options.rest)
    return 0


@contextmanager
def django_ready(data: str | None) -> Iterator[Callable[[list[str]], None]]:
    """A function that runs a management command, while the database runs."""
    with environment.desk(environment.data_folder(data), echo=echo):
        from django.core.management import execute_from_command_line
        from django.db import connections

        try:
            yield lambda command: execute_from_command_line(["heliodesk manage", *command])
        finally:
            for connection in connections.all(initialized_only=True):
                connection.close()
                connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has one
