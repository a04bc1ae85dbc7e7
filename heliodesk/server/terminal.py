"""What the command line says, and how it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from heliodesk.server.problem import Problem

INTERRUPTED = 130


def echo(line: str) -> None:
    """A line for the person at the terminal, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@contextmanager
def reporting_problems() -> Iterator[None]:
    """A `Problem` becomes one line and exit code 1; an interruption ends quietly."""
    try:
        yield
    except Problem as problem:
        sys.stderr.write(f"heliodesk: {problem}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
