"""Keeps a worker process running beside whatever this process does."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from heliodesk.server import environment
from heliodesk.server.environment import Echo
from heliodesk.server.parent import become_parent

CONCURRENCY = 2
LONGEST_PAUSE = 60.0  # seconds before a worker that keeps dying is started again
AFTER_THE_PAGES = 3.0  # seconds that the serving processes get for their start
LONG_ENOUGH = 60.0  # seconds: one that lived so long has not died at once
STOP_LIMIT = 15.0


@contextmanager
def worker_beside(echo: Echo, concurrency: int = CONCURRENCY) -> Iterator[None]:
    """Meanwhile a worker runs; it ends with this process, however that ends."""
    become_parent()
    supervisor = Supervisor(concurrency, echo, first_pause=AFTER_THE_PAGES)
    supervisor.start()
    try:
        yield
    finally:
        supervisor.stop()


class Supervisor:
    """Starts the worker again when it dies, after 1, 2, 4 … seconds."""

    def __init__(self, concurrency: int, echo: Echo, *, first_pause: float = 0) -> None:
        self._concurrency = concurrency
        self._first_pause = first_pause
        self._echo = echo
        self._stopping = threading.Event()
        # Waited for instead of the thread: a join that a signal interrupts takes it for ended.
        self._ended = threading.Event()
        # The system ends a worker with the thread that started it: this one stays to the end.
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start the first worker."""
        self._thread.start()

    def stop(self) -> None:
        """Let the worker finish what it is at, for some seconds, then end it."""
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
            self._echo(f"The worker ended ({code}); starting it again in {pause:.0f} s.")
            self._stopping.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _run_one(self) -> int:
        """Run a worker until it ends by itself or is to stop; gives its exit code."""
        worker = _start(self._concurrency)
        while not self._stopping.wait(0.2):
            if (code := worker.poll()) is not None:
                return code
        worker.terminate()
        try:
            return worker.wait(timeout=STOP_LIMIT)
        except subprocess.TimeoutExpired:
            worker.kill()
            return worker.wait()


def _start(concurrency: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-P", "-m", "heliodesk.server.worker", str(concurrency)],
        env=os.environ | {"PYTHONPATH": str(environment.CHECKOUT)},
        # Ctrl-C in the terminal is for us; we tell the worker.
        start_new_session=True,
    )
