"""A dump into a database, in one transaction: all of it or nothing."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import IO

from heliodesk.server.backup.archive import BLOCK
from heliodesk.server.backup.programs import Base, Programs
from heliodesk.server.backup.taking import complaint
from heliodesk.server.problem import Problem

#: What was there goes, and comes back when anything fails. Nobody who still works on it is waited
#: for longer than this.
BEGIN = b"""
SET client_min_messages = warning;
BEGIN;
SET LOCAL lock_timeout = '10s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
"""
#: Newer programs set what older servers do not know.
UNKNOWN_BEFORE = {b"SET transaction_timeout = 0;\n": 17}
PREAMBLE = 60  # lines of a dump before anything but settings


def load(dump: Iterable[bytes], target: Base, fit: Programs, *, server: int) -> None:
    """Put `dump` in the place of everything in the database `target`, whose server is of the major
    version `server`. Raises a `Problem` when that fails, and then nothing has changed."""
    reading = fit.command("pg_restore", "--no-owner", "--no-privileges", "--file=-")
    writing = fit.command("psql", target.option, "--no-psqlrc", "--quiet", "--no-password")
    writing += ["--set=ON_ERROR_STOP=1", "--file=-"]
    with (
        tempfile.TemporaryFile() as unread,
        tempfile.TemporaryFile() as refused,
        subprocess.Popen(  # noqa: S603 - our own arguments
            reading, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=unread
        ) as reader,
        subprocess.Popen(  # noqa: S603 - our own arguments
            writing,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=refused,
            env=target.environ,
        ) as writer,
    ):
        try:
            _pass_on(dump, reader, writer, server)
        except BaseException:
            reader.kill()
            writer.kill()
            raise
        # What the writer says explains why the reader could not go on, and never the other way.
        if writer.returncode:
            raise _failed(refused)
        if reader.returncode:
            raise _failed(unread)


def _pass_on(
    dump: Iterable[bytes],
    reader: subprocess.Popen[bytes],
    writer: subprocess.Popen[bytes],
    server: int,
) -> None:
    assert reader.stdin and reader.stdout and writer.stdin  # noqa: S101, PT018 - pipes, see above
    failed: list[BaseException] = []
    feeding = threading.Thread(target=_feed, args=(dump, reader.stdin, failed))
    feeding.start()
    try:
        # Where psql has stopped, its own words are told.
        with suppress(BrokenPipeError):
            writer.stdin.write(BEGIN)
            _copy(reader.stdout, writer.stdin, server)
    finally:
        reader.stdout.close()  # a reader that nobody listens to stops, and the feeding with it
        feeding.join()
    if failed:
        raise failed[0]
    # Only a dump that was read to its end is kept: without COMMIT psql takes all back.
    with suppress(BrokenPipeError):
        if reader.wait() == 0:
            writer.stdin.write(b"\nCOMMIT;\n")
        writer.stdin.close()
    writer.wait()


def _feed(dump: Iterable[bytes], into: IO[bytes], failed: list[BaseException]) -> None:
    try:
        with suppress(BrokenPipeError), into:
            for block in dump:
                into.write(block)
    except BaseException as error:  # told in the thread that waits
        failed.append(error)


def _copy(script: IO[bytes], into: IO[bytes], server: int) -> None:
    for _ in range(PREAMBLE):
        line = script.readline()
        if server >= UNKNOWN_BEFORE.get(line, 0):
            into.write(line)
    while block := script.read(BLOCK):
        into.write(block)


def _failed(said: IO[bytes]) -> Problem:
    return Problem(f"The database could not be restored, and is as it was: {complaint(said)}")
