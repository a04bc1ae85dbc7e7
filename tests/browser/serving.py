"""The desk as `heliodesk serve` serves it: two processes, and live updates."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.db import connection

from heliodesk.server import database

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SERVE = "import sys; from heliodesk.server import serving; "
SERVE += "serving.load(); serving.serve('127.0.0.1', int(sys.argv[1]), print)"
PATIENCE = 300.0  # seconds, on the busiest of machines


class Served:
    """A server on the tests' database, which can be killed and started again."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and wait until a page comes back."""
        url = database.with_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
        own = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(self.port)],
            env=os.environ | own | {"HELIODESK_POOL": "3", "PYTHONPATH": str(CHECKOUT)},
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/session/login/", timeout=PATIENCE).close()  # noqa: S310 - our own server
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
