"""The example Engine that the demo starts beside the desk, so that comments are seen arriving."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from heliodesk.server import database, supervise
from heliodesk.server.embedded import cluster
from heliodesk.server.environment import Echo
from heliodesk.server.supervise import Program

HOST = "127.0.0.1"
#: How far its port is from the desk's, where that one is free.
AWAY = 100
#: The folder, for the process that prepares the desk.
VARIABLE = "HELIODESK_EXAMPLE_ENGINE"
MOVE = "UPDATE cases_enginesettings SET address = %s WHERE address = %s"


@dataclass(frozen=True)
class Place:
    """Its files, in the data folder, and where it listens now and listened before."""

    folder: Path
    port: int
    before: int

    @property
    def jobs(self) -> Path:
        """The jobs that it knows at first."""
        return self.folder / "jobs.json"

    @property
    def token(self) -> str:
        """The desk's token there."""
        return cluster.kept_secret(self.folder / "token")

    @property
    def address(self) -> str:
        """Where its interface begins."""
        return _address(self.port)


def choose(data: Path, port: int) -> Place:
    """Where it listens: where it did the last time, or else beside the desk, at `port`, or else at
    any free port."""
    folder = data / "engine"
    folder.mkdir(mode=0o700, exist_ok=True)
    before = _kept_port(folder)
    wanted = [before, port + AWAY, 0] if before else [port + AWAY, 0]
    place = Place(folder, next(filter(None, map(_free, wanted))), before)
    os.environ[VARIABLE] = json.dumps([str(folder), place.port, before])
    return place


def chosen() -> Place | None:
    """What the process that started this one has chosen; None where it has not."""
    said = os.environ.get(VARIABLE)
    if not said:
        return None
    folder, port, before = json.loads(said)
    return Place(Path(folder), port, before)


@contextmanager
def beside(place: Place, echo: Echo) -> Iterator[None]:
    """Meanwhile it runs, and the desk finds it; it ends with this process, however that ends."""
    if place.before and place.before != place.port:
        with closing(database.connect(os.environ["DATABASE_URL"])) as connection:
            connection.execute(MOVE, [place.address, _address(place.before)])
    (place.folder / "port").write_text(str(place.port), encoding="ascii")
    with supervise.beside(_program(place), echo):
        echo(f"Engine, an example of the job system, is at http://{HOST}:{place.port}/")
        yield


def _program(place: Place) -> Program:
    listening = ("--host", HOST, "--port", str(place.port))
    files = ("--store", str(place.folder / "engine.sqlite3"), "--jobs", str(place.jobs))
    return Program(
        "The example Engine",
        ("heliodesk.server.attached", "examples.engine", *listening, *files),
        {"ENGINE_TOKEN": place.token},
    )


def _address(port: int) -> str:
    return f"http://{HOST}:{port}/api"


def _kept_port(folder: Path) -> int:
    try:
        return int((folder / "port").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return 0


def _free(port: int) -> int:
    """The port, or any free one for 0; 0 where it is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return 0
        return int(probe.getsockname()[1])
