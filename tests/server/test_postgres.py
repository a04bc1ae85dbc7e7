"""The embedded PostgreSQL: one server for all who use it, and none when nobody does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from heliodesk.server import database
from heliodesk.server.embedded import cluster, postgres
from heliodesk.server.embedded.cluster import Cluster
from heliodesk.server.problem import Problem

CHECKOUT = Path(__file__).resolve().parent.parent.parent
USER = """
import sys, time
from pathlib import Path
from heliodesk.server.embedded import cluster, postgres
with postgres.running(cluster.locate(Path(sys.argv[1]))):
    print("running", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A cluster in a folder of its own, not running; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="heliodesk-cluster-") as folder:
        place = cluster.locate(Path(folder), {"fsync": "off"})
        yield place
        postgres.stop(place)


def wait_until(happens: Callable[[], bool]) -> None:
    """Wait for it, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def start_user(server: Cluster) -> subprocess.Popen[str]:
    """Another process that uses the server."""
    process = subprocess.Popen(
        [sys.executable, "-c", USER, str(server.data)],
        env={"PYTHONPATH": str(CHECKOUT)},  # no LANG, no PATH
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    """As hard as it gets."""
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_it_runs_while_it_is_used_and_keeps_what_was_written(server: Cluster) -> None:
    url = server.url("kept")
    with postgres.running(server):
        assert database.ensure(url).character_types == "C.UTF-8"
        with closing(database.connect(url)) as connection:
            connection.execute("CREATE TABLE word AS SELECT 'Muñoz' AS name")
    assert postgres.postmaster(server) is None
    with postgres.running(server), closing(database.connect(url)) as connection:
        assert connection.execute("SELECT name FROM word").fetchone() == ("Muñoz",)


def test_a_second_user_finds_it_running_and_the_last_one_stops_it(server: Cluster) -> None:
    other = start_user(server)
    with postgres.running(server):
        pid = postgres.postmaster(server)
        kill(other)
        time.sleep(0.2)
        assert postgres.postmaster(server) == pid
    assert postgres.postmaster(server) is None


def test_it_stops_when_its_only_user_is_killed(server: Cluster) -> None:
    kill(start_user(server))
    wait_until(lambda: postgres.postmaster(server) is None)


def test_it_recovers_when_it_was_killed_itself(server: Cluster) -> None:
    with postgres.running(server):
        pid = postgres.postmaster(server)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: postgres.postmaster(server) is None)
    with postgres.running(server), closing(database.connect(server.url("postgres"))) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_desk_has_a_role_of_its_own_which_needs_its_password(server: Cluster) -> None:
    with postgres.running(server):
        with closing(database.connect(server.url("postgres"))) as connection:
            row = connection.execute(
                "SELECT current_user, rolsuper, current_setting('listen_addresses')"
                " FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
        assert row == ("heliodesk", False, "")
        wrong = server.url("postgres").replace(server.password("heliodesk"), "wrong")
        with pytest.raises(Problem, match="password authentication failed"):
            database.connect(wrong)


def test_files_and_secrets_are_closed_to_others(server: Cluster) -> None:
    with postgres.running(server):
        assert server.files.stat().st_mode & 0o777 == 0o700
        assert server.socket.stat().st_mode & 0o777 == 0o700
    for secret in server.data.glob("password-*"):
        assert secret.stat().st_mode & 0o777 == 0o600


def test_wrong_settings_are_told_in_one_line(server: Cluster) -> None:
    local = server.home / "local.conf"
    local.write_text("shared_buffers = 'much'\n", encoding="ascii")
    local.chmod(0o644)
    try:
        with (
            pytest.raises(Problem, match=r"did not start: .*contains errors"),
            postgres.running(server),
        ):
            pytest.fail("it must not start")
    finally:
        local.unlink()


def test_a_long_path_gets_its_socket_elsewhere() -> None:
    with tempfile.TemporaryDirectory(prefix="heliodesk-cluster-") as folder:
        data = Path(folder, *["deep"] * 20)
        data.mkdir(parents=True)
        Path(folder).chmod(0o711)
        place = cluster.locate(data)
        length = len(os.fsencode(place.socket / cluster.SOCKET_NAME))
        place.socket.rmdir()
        assert length <= cluster.SOCKET_PATH_LIMIT


def test_a_server_of_another_major_version_is_not_touched(server: Cluster) -> None:
    with postgres.running(server):
        pass
    version = server.files / "PG_VERSION"
    version.write_text("17\n", encoding="ascii")
    try:
        with pytest.raises(Problem, match="made by PostgreSQL 17, and this is 18"):
            cluster.initialise(server)
    finally:
        version.write_text("18\n", encoding="ascii")


def test_a_connection_that_fails_never_shows_the_password(server: Cluster) -> None:
    with pytest.raises(Problem) as told:
        database.ensure(server.url("heliodesk"))
    assert server.password("heliodesk") not in str(told.value)
    assert isinstance(told.value.__cause__, psycopg.Error)
