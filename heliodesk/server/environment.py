"""What the settings read, worked out for one desk: its data folder, its database, its key."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from heliodesk.core.files_url import files_storage
from heliodesk.core.mail_url import mail_settings
from heliodesk.server import database
from heliodesk.server.embedded import cluster as clusters
from heliodesk.server.embedded import postgres
from heliodesk.server.problem import Problem

CHECKOUT = Path(__file__).resolve().parent.parent.parent
THREADS = 2  # of a worker; see docs/operations.md, "Growing"
EMBEDDED_DATABASE = "heliodesk"

Echo = Callable[[str], None]


def data_folder(given: str | None, *, demo: bool = False) -> Path:
    """The desk's data folder, made when missing and writable: as given, else HELIODESK_DATA, else
    var/desk in the checkout (var/demo for the demo company, which never mixes with real records).
    """
    named = given or os.environ.get("HELIODESK_DATA")
    folder = Path(named) if named else CHECKOUT / "var" / ("demo" if demo else "desk")
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Problem(
            f"The data folder {folder} cannot be written ({error.strerror}): "
            "choose another with --data."
        ) from error
    return folder.resolve()


@contextmanager
def desk(data: Path, *, demo: bool = False, echo: Echo = lambda line: None) -> Iterator[None]:
    """Inside, the process's environment is complete and the database runs and exists.

    DATABASE_URL is used as it is when set; else the embedded PostgreSQL runs meanwhile.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heliodesk.settings")
    try:
        mail_settings(os.environ.get("EMAIL_URL", ""), data / "mail")
        files_storage(os.environ.get("HELIODESK_FILES", ""))
    except ValueError as error:
        raise Problem(str(error)) from None
    os.environ["HELIODESK_DATA"] = str(data)
    os.environ["HELIODESK_DEMO"] = "1" if demo else "0"
    if "HELIODESK_SECRET_KEY" not in os.environ:
        os.environ["HELIODESK_SECRET_KEY"] = clusters.kept_secret(data / "secret-key")
    # One for each thread, and one for the hub of live updates.
    os.environ.setdefault("HELIODESK_POOL", str(threads() + 1))
    with _database(data, echo):
        facts = database.ensure(os.environ["DATABASE_URL"])
        if facts.character_types in {"C", "POSIX"}:
            echo(
                "Warning: the database's LC_CTYPE is C: search will not find names with "
                "letters like ñ. Create it anew with LC_CTYPE 'C.UTF-8'."
            )
        yield


@contextmanager
def _database(data: Path, echo: Echo) -> Iterator[None]:
    if os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = clusters.locate(data)
    if not cluster.home.is_relative_to(data):
        echo(f"The database's files are in {cluster.home}: its account cannot reach {data}.")
    with postgres.running(cluster):
        os.environ["DATABASE_URL"] = cluster.url(EMBEDDED_DATABASE)
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


def threads() -> int:
    """Threads of a worker that make pages; each has its database connection."""
    return int(os.environ.get("HELIODESK_THREADS", THREADS))


def largest_body() -> int:
    """Bytes of the longest request that the desk takes; several files may come with one."""
    return int(os.environ.get("HELIODESK_LARGEST_REQUEST", "512")) * 1024 * 1024


def workers() -> int:
    """Worker processes: one a core, two at least so that one busy page stops nobody."""
    return int(os.environ.get("HELIODESK_WORKERS", "2"))
