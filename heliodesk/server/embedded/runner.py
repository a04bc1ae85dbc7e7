"""The unprivileged user that PostgreSQL runs as, where the desk itself is started by root."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from heliodesk.server.problem import Problem

CANDIDATES = ("postgres", "nobody")


@dataclass(frozen=True)
class Runner:
    """A user of the machine by its numbers."""

    uid: int
    gid: int

    @classmethod
    def of_this_process(cls) -> Runner:
        """Who runs this process."""
        return cls(os.geteuid(), os.getegid())

    @property
    def is_this_process(self) -> bool:
        """True where nothing has to change hands."""
        return self.uid == os.geteuid()

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run `command` as this account, in a folder that everybody may enter."""
        other = not self.is_this_process
        return subprocess.run(  # noqa: S603 - fixed commands of ours
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            stdin=subprocess.DEVNULL,
            user=self.uid if other else None,
            group=self.gid if other else None,
            extra_groups=[] if other else None,
        )

    def may_enter(self, folder: Path) -> bool:
        """True when this account can reach `folder`, whatever stands above it."""
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]).returncode == 0

    def make_folder(self, folder: Path) -> None:
        """Make `folder` and give it to this account alone (0700)."""
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            self.take(folder)
            folder.chmod(0o700)
        except OSError as error:
            raise Problem(f"Cannot write {folder}: {error.strerror}.") from error

    def take(self, path: Path) -> None:
        """Make this account the owner of `path`."""
        if not self.is_this_process:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def for_postgres(existing: Path) -> Runner:
    """The account to run PostgreSQL as: this process's own; where that is root, the owner of the
    `existing` cluster files, else the first of `CANDIDATES` that the machine knows."""
    if os.geteuid() != 0:
        return Runner.of_this_process()
    if existing.exists() and existing.stat().st_uid != 0:
        owner = existing.stat()
        return Runner(owner.st_uid, owner.st_gid)
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Runner(entry.pw_uid, entry.pw_gid)
    raise Problem(
        "PostgreSQL does not run as root, and this machine has no user 'nobody': "
        "start the desk as an ordinary user, or set DATABASE_URL."
    )
