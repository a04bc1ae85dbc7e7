"""Worker processes end with the process that serves, even when that one is killed."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

VARIABLE = "HELIODESK_SERVING"
PR_SET_PDEATHSIG = 1  # Linux: the signal that a process gets when its parent dies


def become_parent() -> None:
    """Say that this process serves, and that its children shall end with it."""
    os.environ[VARIABLE] = str(os.getpid())


def die_with_parent() -> None:
    """In a worker: ask the system to kill this process when the serving one is gone. Does nothing
    under another server, or where the system knows no such thing."""
    parent = os.environ.get(VARIABLE)
    if parent != str(os.getppid()) or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if parent != str(os.getppid()):  # it died just before
        os.kill(os.getpid(), signal.SIGKILL)


def end_without_parent() -> None:
    """In a process that only the serving one starts: die with it, and at once where it is gone
    already, before this process had come to ask for that."""
    die_with_parent()
    parent = os.environ.get(VARIABLE)
    if parent is not None and parent != str(os.getppid()):
        sys.exit(0)
