"""The measured desk: its database, loaded once, and its server, started as `serve` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import django
import psycopg
from psycopg import sql

from heliodesk.server import database, environment, prepared
from heliodesk.server import prepare as preparing

START_LIMIT = 180.0  # seconds; a busy machine compresses the static files for long


@contextmanager
def database_of(size: int, data: Path, template: str | None) -> Iterator[None]:
    """Inside, DATABASE_URL names an empty database of the bench's own: on the server that it
    named before, or else on an embedded one in `data`. It is dropped afterwards. `template` is a
    database on the given server that has the tables already."""
    given = os.environ.get("DATABASE_URL")
    name = f"heliodesk_bench_{size}_{os.getpid()}"
    if given:
        os.environ["DATABASE_URL"] = database.with_database(given, name)
        if template:
            _copy(given, template, name)
    try:
        with environment.desk(data, echo=print):
            yield
    finally:
        if given:
            with psycopg.connect(database.with_database(given, "postgres"), autocommit=True) as c:
                c.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            os.environ["DATABASE_URL"] = given


def _copy(url: str, template: str, name: str) -> None:
    copying = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(database.with_database(url, "postgres"), autocommit=True) as connection:
        connection.execute(copying.format(sql.Identifier(name), sql.Identifier(template)))


def share_compiled(data: Path) -> None:
    """Use in `data` the pages that the desk in HELIODESK_DATA has compiled, where it has any."""
    if known := os.environ.get("HELIODESK_DATA"):
        (data / "templates").symlink_to(Path(known).resolve() / "templates")


def prepare(*, has_tables: bool = False) -> None:
    """Set Django up, and make what `serve` would otherwise start a process to make."""
    django.setup()
    with preparing.collecting_static():
        if not has_tables:
            preparing.migrate()
    data = Path(os.environ["HELIODESK_DATA"])
    prepared.remember(data, os.environ["DATABASE_URL"], preparing.DESK)


@contextmanager
def served(data: Path) -> Iterator[tuple[int, int]]:
    """Serve; gives the port and the server's process ID."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "heliodesk", "serve", "--data", str(data)]
    with (data / "serve.log").open("wb") as log:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log)
    try:
        _wait(port, process, data / "serve.log")
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/session/login/", timeout=10).close()
        except urllib.error.HTTPError as error:
            raise SystemExit(f"The sign-in page answers {error.code}.") from error
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"The server does not answer:\n{log.read_text(encoding='utf-8')[-2_000:]}")
