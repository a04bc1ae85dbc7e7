"""What processes cost: CPU time and memory, from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cpu:
    """CPU seconds so far of the desk's processes and of PostgreSQL's."""

    desk: float
    postgres: float

    def __sub__(self, earlier: Cpu) -> Cpu:
        return Cpu(self.desk - earlier.desk, self.postgres - earlier.postgres)


def cpu(server: int, database: str) -> Cpu:
    """CPU of the server's process tree, and of the sessions of `database`."""
    return Cpu(sum(map(_seconds, tree(server))), sum(map(_seconds, _sessions(database))))


def memory(server: int) -> float:
    """Proportional set size of the server's process tree, in megabytes."""
    total = 0
    for pid in tree(server):
        for line in _read(pid, "smaps_rollup").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def tree(pid: int) -> list[int]:
    """The process and its descendants."""
    children = _read(pid, f"task/{pid}/children").split()
    return [pid, *(each for child in children for each in tree(int(child)))]


def _sessions(database: str) -> list[int]:
    wanted = f" {database} "
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [
        pid
        for pid in pids
        if (line := _read(pid, "cmdline").replace("\0", " ")).startswith("postgres:")
        and wanted in line
    ]


def _seconds(pid: int) -> float:
    fields = _read(pid, "stat").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
