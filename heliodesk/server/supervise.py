"""Keeps a process running beside whatever this process does: a worker, and others."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from heliodesk.server import environment
from heliodesk.server.environment import Echo
from heliodesk.server.parent import become_parent

CONCURRENCY = 2
LONGEST_PAUSE = 60.0  # seconds before a worker that keeps dying is started again
AFTER_THE_PAGES = 3.0  # seconds that the serving processes get for their start
LONG_ENOUGH = 60.0  # seconds: one that lived so long has not died at once
STOP_LIMIT = 15.0


@dataclass(frozen=True)
class Program:
    """A Python module that runs as a process of its own and ends with this one (see `parent`)."""

    called: str
    arguments: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)


def worker(concurrency: int = CONCURRENCY) -> Program:
    """Background jobs, so many at a time."""
    return Program("The worker", ("heliodesk.server.worker", str(concurrency)))


@contextmanager
def worker_beside(echo: Echo) -> Iterator[None]:
    """Meanwhile a worker runs; it ends with this process, however that ends."""
    with beside(worker(), echo, first_pause=AFTER_THE_PAGES):
        yield


@contextmanager
def beside(program: Program, echo: Echo, *, first_pause: float = 0) -> Iterator[None]:
    """Meanwhile the program runs; it ends with this process, however that ends."""
    become_parent()
    supervisor = Supervisor(program, echo, first_pause=first_pause)
    supervisor.start()
    try:
        yield
    finally:
        supervisor.stop()


class Supervisor:
    """Starts the program again when it dies, after 1, 2, 4 … seconds."""

    def __init__(self, program: Program, echo: Echo, *, first_pause: float = 0) -> None:
        self._program = program
        self._first_pause = first_pause
        self._echo = echo
        self._stopping = threading.Event()
        # Waited for instead of the thread: a join that a signal interrupts takes it for ended.
        self._ended = threading.Event()
        # The system ends a process with the thread that started it: this one stays to the end.
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start it for the first time."""
        self._thread.start()

    def stop(self) -> None:
        """Let it finish what it is at, for some seconds, then end it."""
        self._stopping.set()
        self._ended.wait()

    def wait(self) -> None:
        """Wait for ever, or until interrupted."""
        self._ended.wait()

    def _run(self) -> None:
        try:
            self._keep_running()
        finally:
            self._ended.set()

    def _keep_running(self) -> None:
        self._stopping.wait(self._first_pause)
        pause = 1.0
        while not self._stopping.is_set():
            began = time.monotonic()
            code = self._run_one()
            if self._stopping.is_set():
                return
            pause = 1.0 if time.monotonic() - began > LONG_ENOUGH else pause
            self._echo(
                f"{self._program.called} ended ({code}); starting it again in {pause:.0f} s."
            )
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _run_one(self) -> int:
        """Run it until it ends by itself or is to stop; gives its exit code."""
        process = _start(self._program)
        while not self._stopping.wait(0.2):
            if (code := process.poll()) is not None:
                return code
        process.terminate()
        try:
            return process.wait(timeout=STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _start(program: Program) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", *program.arguments],
        env={**os.environ, **program.environ, "PYTHONPATH": str(environment.CHECKOUT)},
        # Ctrl-C in the terminal is for us; we tell the process.
        start_new_session=True,
    )
