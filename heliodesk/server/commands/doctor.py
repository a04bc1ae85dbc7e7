"""`heliodesk doctor`: what is wrong with this desk, and what to do about it."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from heliodesk.server import database, environment
from heliodesk.server.commands import manage
from heliodesk.server.terminal import echo

NAME = "doctor"
HELP = "check Python, database, migrations, worker, data folder and disk"
OLDEST_PYTHON = (3, 11)
FREE_WANTED = 2 * 1024**3  # bytes
Finding = tuple[bool, str]  # is it well, and what to say


def arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace) -> int:
    """Print every finding; 1 when something is wrong."""
    data = environment.data_folder(options.data)
    findings = [*_machine(data)]
    with manage.django_ready(str(data)):
        findings += _database(os.environ["DATABASE_URL"])
        findings += _migrations()
    for well, text in findings:
        echo(f"{'ok   ' if well else 'WRONG'} {text}")
    return 0 if all(well for well, _ in findings) else 1


def _machine(data: Path) -> Iterator[Finding]:
    yield sys.version_info >= OLDEST_PYTHON, f"Python {platform.python_version()} (3.11 or newer)"
    open_to_others = data.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO) & ~0o011
    yield not open_to_others, f"{data} is closed to others (else: chmod 700 {data})"
    for secret in (data / "secret-key", *data.glob("password-*")):
        if secret.exists():
            closed = not secret.stat().st_mode & 0o077
            yield closed, f"{secret.name} is readable by its owner only (else: chmod 600 {secret})"
    free = shutil.disk_usage(data).free
    yield free > FREE_WANTED, f"{free // 1024**2} MB free on the data folder's disk (2048 wanted)"


def _database(url: str) -> Iterator[Finding]:
    with closing(database.connect(url)) as connection:
        facts = database.read_facts(connection)
    where = database.without_password(url)
    yield facts.version >= database.OLDEST, f"PostgreSQL {facts.version} at {where} (15 or newer)"
    yield facts.encoding == "UTF8", f"encoding {facts.encoding} (else: create it anew as UTF8)"
    fit = facts.character_types not in {"C", "POSIX"}
    yield fit, f"LC_CTYPE {facts.character_types} (else: create it anew with C.UTF-8)"


def _migrations() -> Iterator[Finding]:
    import django

    django.setup()
    from heliodesk.server.prepare import missing_migrations

    missing = missing_migrations()
    yield not missing, f"{len(missing)} migrations missing (else: bin/heliodesk migrate)"
    if not missing:
        yield _worker()
    yield _mail()
    yield _files()


def _mail() -> Finding:
    """A desk without mail is well; one that cannot send, or whose links lead nowhere, is not."""
    from django.conf import settings
    from django.core.mail import get_connection

    if not os.environ.get("EMAIL_URL"):
        return True, "no mail is sent (else: set EMAIL_URL)"
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():
            pass
    except OSError as error:  # smtplib's errors are such too
        return False, f"the mail server {where} cannot be used ({error}): see EMAIL_URL"
    if not os.environ.get("HELIODESK_ADDRESS"):
        return False, f"the links in mails lead to {settings.ADDRESS}: set HELIODESK_ADDRESS"
    return True, f"the mail server {where} answers; links in mails lead to {settings.ADDRESS}"


def _files() -> Finding:
    """Whether files can be put into the storage and taken out again."""
    from django.conf import settings
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    options = settings.STORAGES["default"].get("OPTIONS", {})
    where = f"the bucket {options['bucket_name']}" if options else str(settings.MEDIA_ROOT)
    try:
        key = default_storage.save("doctor/note.txt", ContentFile(b"well"))
        with default_storage.open(key) as file:
            whole = file.read() == b"well"
        default_storage.delete(key)
    except Exception as error:  # storages fail with errors of their own
        return False, f"files cannot be kept in {where} ({error}): see HELIODESK_FILES"
    return whole, f"files are kept in {where}"


def _worker() -> Finding:
    """A desk that is not served needs no worker: it is wrong where jobs wait for one."""
    from heliodesk.background.workers import health

    now = health()
    runs = f"{now.workers} workers are running" if now.lives else "no worker is running"
    waits = f", and jobs wait for {now.longest}" if now.waits_long else ""
    start = " (else: bin/heliodesk worker, or serve --worker)" if not now.lives else ""
    return not now.waits_long, f"{runs}{waits}{start}"
