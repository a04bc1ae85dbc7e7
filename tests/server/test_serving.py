"""Serving: a page comes back, and nothing is left when it ends, however it ends."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> list[int]:
    """The processes that this one started."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def alive(pid: int) -> bool:
    """Whether there is such a process, zombies aside."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until(happens: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for it, but not forever."""
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder, which the first start prepares: gathering static files takes longest. The
    compiled templates are those of the tests."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "templates").symlink_to(Path(os.environ["HELIODESK_DATA"]) / "templates")
    return folder


@pytest.mark.programs
@pytest.mark.xdist_group("serve")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_page_comes_back_and_the_end_leaves_no_process(end: signal.Signals, data: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "heliodesk", "serve", "--port", str(port)],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "HELIODESK_DATA": str(data)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said == f"Heliodesk answers at http://127.0.0.1:{port}/  (Ctrl-C stops it)\n"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/session/login/")
        assert connection.getresponse().status == http.HTTPStatus.OK
        connection.close()
        workers = children(process.pid)
        assert len(workers) == 2
        process.send_signal(end)
        code = process.wait(timeout=30)
    assert code == (-signal.SIGKILL if end is signal.SIGKILL else 0)
    wait_until(lambda: not any(alive(worker) for worker in workers))


def test_what_is_loaded_beside_the_forking_of_workers_is_there_before() -> None:
    """A module that is half loaded then is never loaded in the worker."""
    say = "import sys; import heliodesk.server.serving as s; before = set(sys.modules)"
    ask = "s._status('127.0.0.1', 1); print(sorted(set(sys.modules) - before))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"{say}; {ask}"],
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
