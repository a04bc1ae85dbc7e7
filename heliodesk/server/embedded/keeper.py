"""Runs PostgreSQL for as long as anybody uses it, and stops it when the last user is gone.

Started by `postgres.py` beside it as a program of its own, with the standard library only:
`keeper.py LOCK LOG UID GID PROGRAM ARGUMENTS…`. Every user of the server holds a shared lock on
LOCK, and the system lets go of it even when a user is killed: so the server never outlives them.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import threading


def stop_when_unused(lock: int, server: subprocess.Popen[bytes]) -> None:
    """Wait until nobody holds the lock, then shut the server down, sessions or not."""
    fcntl.flock(lock, fcntl.LOCK_EX)
    server.send_signal(signal.SIGINT)  # "fast" in PostgreSQL's words


def main(lock_path: str, log_path: str, uid: str, gid: str, *command: str) -> int:
    """Run the server; its exit code is ours."""
    lock = os.open(lock_path, os.O_RDWR)
    log = os.open(log_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    root = os.geteuid() == 0
    server = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        umask=0o077,
        user=int(uid) if root else None,
        group=int(gid) if root else None,
        extra_groups=[] if root else None,
    )
    threading.Thread(target=stop_when_unused, args=(lock, server), daemon=True).start()
    return server.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
