"""PostgreSQL's own programs, such as pg_dump: which of those on this machine fit."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from heliodesk.server.embedded import cluster
from heliodesk.server.problem import Problem

#: Where distributions keep the programs of each major version.
KEPT = ("/usr/lib/postgresql", "/usr/local/pgsql", "/opt/homebrew/opt")
#: What all of them take; newer builds of libpq know more.
UNDERSTOOD = {"dbname", "user", "hostaddr"} | {
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "channel_binding"),
    *("gssencmode", "krbsrvname", "target_session_attrs", "connect_timeout"),
}


@dataclass(frozen=True)
class Programs:
    """A folder with pg_dump, pg_restore and psql of one major version."""

    folder: Path
    major: int

    def command(self, name: str, *options: str) -> list[str]:
        """A command line of one of them."""
        return [str(self.folder / name), *options]


@dataclass(frozen=True)
class Base:
    """A database as the programs find it: each build of them has other places where it looks for
    a server of this machine, so nothing is left to it."""

    option: str
    #: With the password, which never stands among the arguments: others could read it there.
    environ: dict[str, str]

    @classmethod
    def reached(cls, connection: psycopg.Connection[Any]) -> Base:
        """The one that `connection` leads to."""
        info = connection.info
        said = {name: value for name, value in info.get_parameters().items() if name in UNDERSTOOD}
        said |= {"host": info.host, "port": str(info.port)}
        option = f"--dbname={make_conninfo('', **said)}"
        return cls(option, os.environ | ({"PGPASSWORD": info.password} if info.password else {}))


def fitting(oldest: int) -> Programs:
    """The programs that are nearest above the major version `oldest`: older ones refuse a newer
    server, and do not read what newer ones wrote."""
    found = {programs.major: programs for programs in _installed()}
    fit = [major for major in found if major >= oldest]
    if not fit:
        raise Problem(
            f"There is no pg_dump of PostgreSQL {oldest} or newer on this machine: "
            f"install PostgreSQL's client programs (such as postgresql-client-{oldest})."
        )
    return found[min(fit)]


def _installed() -> Iterator[Programs]:
    for folder in _folders():
        if all((folder / name).exists() for name in ("pg_dump", "pg_restore", "psql")):
            major = _major(folder / "pg_dump")
            if major:
                yield Programs(folder, major)


def _folders() -> Iterator[Path]:
    with suppress(Problem):
        yield cluster.installed_programs() / "bin"
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).resolve().parent
        yield Path(on_path).parent
    for kept in KEPT:
        yield from sorted(Path(kept).glob("*/bin"))


def _major(program: Path) -> int | None:
    try:
        said = subprocess.run(  # noqa: S603 - found above
            [program, "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return None
    found = re.search(r"(\d+)[.\w]*", said.partition("PostgreSQL)")[2])
    return int(found[1]) if found else None
