"""The embedded PostgreSQL: started when the first process needs it, stopped after the last."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
from psycopg import sql

from heliodesk.server.embedded import cluster as clusters
from heliodesk.server.embedded import keeper
from heliodesk.server.embedded.cluster import ROLE, SOCKET_NAME, Cluster
from heliodesk.server.problem import Problem

START_LIMIT = 120.0  # seconds: long enough to recover after a crash
STOP_LIMIT = 60.0
# Keepers that we started, by the lock they wait for; one that others need goes on without us.
_keepers: dict[Path, subprocess.Popen[bytes]] = {}
LOG_LIMIT = 10 * 1024 * 1024  # bytes: a longer log is begun anew at the next start


@contextmanager
def running(cluster: Cluster) -> Iterator[None]:
    """Use the cluster's server: start it unless it runs, and stop it when nobody else uses it."""
    lock = os.open(cluster.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)  # waits while a server that nobody used is stopping
        try:
            with _one_at_a_time(cluster):
                _start(cluster)
            yield
        finally:
            _stop_when_last(cluster, lock)
    finally:
        os.close(lock)
        _hear_of_the_end(cluster)


def postmaster(cluster: Cluster) -> int | None:
    """The server's process id, or None when it does not run."""
    try:
        pid = int((cluster.files / "postmaster.pid").read_text(encoding="ascii").split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError):
        return None
    return pid


@contextmanager
def _one_at_a_time(cluster: Cluster) -> Iterator[None]:
    handle = os.open(cluster.data / "postgres.starting", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _start(cluster: Cluster) -> None:
    clusters.initialise(cluster)
    if not _answers(cluster):
        _begin_log(cluster.log)
        keeper_process = _launch(cluster)
        _keepers[cluster.users_lock] = keeper_process
        _wait_until_it_answers(cluster, keeper_process)
    _make_role(cluster)


def _launch(cluster: Cluster) -> subprocess.Popen[bytes]:
    settings = clusters.write_settings(cluster)
    return subprocess.Popen(  # noqa: S603 - our own program
        [
            *(sys.executable, "-I", "-S", keeper.__file__),
            *(str(cluster.users_lock), str(cluster.log)),
            *(str(cluster.runner.uid), str(cluster.runner.gid)),
            str(cluster.binaries / "bin" / "postgres"),
            *("-D", str(cluster.files), "-c", f"config_file={settings}"),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        # Ctrl-C in the terminal is for us; we tell the server when its time has come.
        start_new_session=True,
    )


def _wait_until_it_answers(cluster: Cluster, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_LIMIT
    while not _answers(cluster):
        if process.poll() is not None:
            raise Problem(f"PostgreSQL did not start: {_complaint(cluster.log)} (in {cluster.log})")
        if time.monotonic() > deadline:
            raise Problem(f"PostgreSQL does not answer: see {cluster.log}.")
        time.sleep(0.02)


def _answers(cluster: Cluster) -> bool:
    if not (cluster.socket / SOCKET_NAME).exists():
        return False
    try:
        psycopg.connect(cluster.url("postgres", role="postgres"), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise Problem(
                f"The database in {cluster.home} does not know the password kept in "
                f"{cluster.data}: put the files of one desk together again, "
                "or choose another --data."
            ) from error
        return False
    return True


def _make_role(cluster: Cluster) -> None:
    """The desk's own role: it owns its databases and is no superuser."""
    with (
        closing(psycopg.connect(cluster.url("postgres", role="postgres"))) as connection,
        connection,
    ):
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
        if not known:
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(
                    sql.Identifier(ROLE), sql.Literal(cluster.password(ROLE))
                )
            )


def _stop_when_last(cluster: Cluster, lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # Others use it, or its keeper is stopping it already: then wait for that.
        fcntl.flock(lock, fcntl.LOCK_SH)
        return
    stop(cluster)


def stop(cluster: Cluster) -> None:
    """Shut the server down, cleanly and without waiting for sessions to end."""
    pid = postmaster(cluster)
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_LIMIT
    while postmaster(cluster) == pid:
        if time.monotonic() > deadline:
            raise Problem(f"PostgreSQL (process {pid}) does not stop: see {cluster.log}.")
        time.sleep(0.02)


def _hear_of_the_end(cluster: Cluster) -> None:
    """Where the server has ended its keeper does so in a moment; Python wants to hear of it."""
    if postmaster(cluster) is None and (process := _keepers.pop(cluster.users_lock, None)):
        process.wait(STOP_LIMIT)


def _begin_log(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))


def _complaint(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    fatal = [line for line in lines if "FATAL" in line or "ERROR" in line]
    return (fatal or lines or ["it gave no reason"])[-1]
