"""`heliodesk database PROGRAM …`: psql, pg_dump and the like on the desk's database."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess

from psycopg.conninfo import conninfo_to_dict

from heliodesk.server import environment
from heliodesk.server.embedded import cluster
from heliodesk.server.problem import Problem
from heliodesk.server.terminal import echo

NAME = "database"
HELP = "run psql, pg_dump or pg_restore on the desk's database"
#: What libpq reads when it is not told otherwise; the password never stands among the arguments.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """The program and its own options."""
    parser.add_argument("program", help="such as pg_dump")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…")


def run(options: argparse.Namespace) -> int:
    """Run the program while the database runs; its exit code is ours."""
    embedded = not os.environ.get("DATABASE_URL")
    with environment.desk(environment.data_folder(options.data), echo=echo):
        programs = cluster.installed_programs() / "bin" if embedded else ""
        path = f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        program = shutil.which(options.program, path=path)
        if program is None:
            raise Problem(f"There is no program {options.program!r} on this machine.")
        address = conninfo_to_dict(os.environ["DATABASE_URL"])
        variables = {
            variable: str(address[name]) for name, variable in VARIABLES.items() if name in address
        }
        done = subprocess.run(  # noqa: S603 - the operator's own choice
            [program, *options.rest], env=os.environ | variables, check=False
        )
    return done.returncode
