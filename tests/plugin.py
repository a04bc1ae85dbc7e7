"""What pytest needs before Django reads its settings: a real PostgreSQL, migrated once.

DATABASE_URL names a server to use; without it the embedded one runs from .cache/. The migrated
template is kept there for as long as no migration changes, and every run works on copies of it.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
from psycopg import sql

from heliodesk.server import database
from heliodesk.server.embedded import cluster, postgres

CHECKOUT = Path(__file__).resolve().parent.parent
RUN = f"heliodesk_test_{os.getpid()}"
RUNS = re.compile(r"heliodesk_test_(\d+)")
# A test database is thrown away: nothing has to survive a power cut.
CARELESS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # Nor is any order of joining better than another where tables are empty, and looking for one
    # takes PostgreSQL longer than all else that tests ask of it.
    "join_collapse_limit": "1",
    "from_collapse_limit": "1",
}


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the database, in the process that starts the run (xdist's workers inherit it)."""
    gc.disable()  # until all is loaded, which stays: tests/conftest.py
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    prepared = ExitStack()
    # Leave nothing running, and no database of this run behind, whatever else fails at the end: a
    # `pytest_unconfigure` is not called any more where another one has raised.
    early_config.add_cleanup(prepared.close)
    prepared.enter_context(_prepared())


@contextmanager
def _prepared() -> Iterator[None]:
    given = os.environ.get("DATABASE_URL")
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="heliodesk-test-")))
        (data / "templates").symlink_to(_compiled_templates())
        url = given or stack.enter_context(_embedded())
        template = RUN + "_template" if given else f"heliodesk_template_{_migrations_digest()}"
        if not given:
            _drop_leftovers(url)
        _make_template(database.with_database(url, template), data)
        os.environ |= {
            "DATABASE_URL": database.with_database(url, template),
            "HELIODESK_DATA": str(data),
            "HELIODESK_SECRET_KEY": "tests",
            "HELIODESK_TEST_DATABASE": RUN,
            "HELIODESK_TEST_TEMPLATE": template,
        }
        yield
        if given:
            _drop(url, [template])


def _compiled_templates() -> Path:
    """Kept from run to run: compiling all of them takes seconds in each process."""
    folder = CHECKOUT / ".cache" / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _embedded() -> Iterator[str]:
    folder = CHECKOUT / ".cache" / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    server = cluster.locate(folder, CARELESS)
    with postgres.running(server):
        yield server.url("postgres")


def _migrations_digest() -> str:
    digest = hashlib.sha256((CHECKOUT / "requirements" / "base.txt").read_bytes())
    for path in sorted(CHECKOUT.glob("heliodesk/**/migrations/*.py")):
        digest.update(path.relative_to(CHECKOUT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _make_template(url: str, data: Path) -> None:
    name = database.database_name(url)
    with closing(database.connect(database.with_database(url, "postgres"))) as connection:
        # Two runs that start together: the second waits, and finds the template made.
        connection.execute("SELECT pg_advisory_lock(hashtext('heliodesk template'))")
        if name in _databases(url):
            return
        building = f"{RUN}_building"
        database.create(database.with_database(url, building))
        try:
            _migrate(database.with_database(url, building), data)
        except BaseException:
            _drop(url, [building])
            raise
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(building), sql.Identifier(name)
            )
        )


def _migrate(url: str, data: Path) -> None:
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "heliodesk.settings",
        "HELIODESK_DATA": str(data),
        "PYTHONPATH": str(CHECKOUT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity=0"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise pytest.UsageError(f"The migrations do not run:\n{done.stderr}")


def _databases(url: str) -> list[str]:
    with closing(database.connect(database.with_database(url, "postgres"))) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return [str(name) for (name,) in rows]


def _drop_leftovers(url: str) -> None:
    """Databases of runs that were killed, and templates of migrations that have changed since; the
    latter only while no other run may be at work on one."""
    current = f"heliodesk_template_{_migrations_digest()}"
    names = _databases(url)
    of_runs = {name: int(run[1]) for name in names if (run := RUNS.match(name))}
    stale = [name for name, process in of_runs.items() if not _runs(process)]
    if len(stale) == len(of_runs):
        templates = [name for name in names if name.startswith("heliodesk_template_")]
        stale += [name for name in templates if name != current]
    _drop(url, stale)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop(url: str, names: list[str]) -> None:
    with closing(database.connect(database.with_database(url, "postgres"))) as connection:
        for name in names:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
