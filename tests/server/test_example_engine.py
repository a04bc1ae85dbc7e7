"""The example Engine runs beside the demo's desk, and not a moment longer."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from heliodesk.cases.models import EngineComment, EngineSettings
from heliodesk.core.sealed import unseal
from heliodesk.demo import engine
from heliodesk.directory.models import Job
from heliodesk.server import example_engine
from tests.cases.opening import installer_case
from tests.cast import Cast
from tests.server.test_serving import alive, free_port, wait_until

BESIDE = """
import sys, time
from pathlib import Path
from heliodesk.server import example_engine
place = example_engine.choose(Path(sys.argv[1]), int(sys.argv[2]) - example_engine.AWAY)
with example_engine.beside(place, print):
    time.sleep(60)
"""
CHECKOUT = Path(__file__).resolve().parent.parent.parent


def test_it_listens_where_it_did_or_else_beside_the_desk(tmp_path: Path) -> None:
    port = free_port()
    place = example_engine.choose(tmp_path, port - example_engine.AWAY)
    assert (place.port, place.before) == (port, 0)
    assert example_engine.chosen() == place
    (place.folder / "port").write_text(str(port))
    assert example_engine.choose(tmp_path, 1).port == port
    with closing(socket.create_server(("127.0.0.1", port))):
        moved = example_engine.choose(tmp_path, port - example_engine.AWAY)
        assert moved.before == port
        assert moved.port not in (0, port)
    assert place.token == moved.token


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_it_ends_with_the_process_that_serves_however_that_ends(tmp_path: Path) -> None:
    port = free_port()
    folder = tmp_path / "engine"
    folder.mkdir()
    (folder / "jobs.json").write_text(json.dumps({"jobs": []}))
    command = [sys.executable, "-P", "-u", "-c", BESIDE, str(tmp_path), str(port)]
    environ = os.environ | {"PYTHONPATH": str(CHECKOUT)}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert f"http://127.0.0.1:{port}/" in process.stdout.readline()
        wait_until(lambda: status(port) == http.HTTPStatus.OK)
        listed = Path(f"/proc/{process.pid}/task").glob("*/children")
        children = [int(child) for path in listed for child in path.read_text("ascii").split()]
        assert len(children) == 1
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
        wait_until(lambda: not alive(children[0]))


def status(port: int) -> int | None:
    """What its page answers; None where nobody listens."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        except OSError:
            return None


@pytest.mark.django_db
def test_the_demo_company_has_its_jobs_and_comments_there(company: Cast, tmp_path: Path) -> None:
    Job.objects.create(
        job_id="J-77", name="Maria", phase="DESIGN", installer=company.org,
        contract=company.contract,
    )  # fmt: skip
    company.contract.signed_on = "2025-03-01"
    company.contract.save()
    engine.set_up("http://127.0.0.1:8100/api", "tok")
    engine.set_up("http://127.0.0.1:1/api", "other")  # once
    settings = EngineSettings.current()
    assert (settings.address, unseal(settings.token)) == ("http://127.0.0.1:8100/api", "tok")
    case = installer_case(company, job_id="J-77")
    EngineComment.objects.update(state="posted", posted_at=case.created_at, next_try_at=None)
    engine.write_jobs(tmp_path / "jobs.json")
    (job,) = json.loads((tmp_path / "jobs.json").read_text(encoding="utf-8"))["jobs"]
    assert (job["id"], job["installer"]) == ("J-77", "Brightfield Solar")
    assert [one.get("milestone") or one["text"] for one in job["entries"]] == [
        "Agreement signed",
        "Design approved",
        f"Related Case ({case.display_number})",
    ]
