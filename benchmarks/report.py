"""The figures, as a table and as a part of docs/performance.md."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.agents import Taking
from benchmarks.clients import Load
from benchmarks.processes import Cpu
from benchmarks.statements import Cost

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"

HEADS = (
    *("p50", "p95", "alone p50", "alone p95", "statements", "in SQL", "out of SQL"),
    *("CPU desk", "CPU PostgreSQL", "bare SQL a second"),
)


@dataclass(frozen=True)
class Line:
    """One operation: alone, with all clients, what it cost, and the bare statement's rate."""

    name: str
    alone: Load
    together: Load
    cpu: Cpu
    cost: Cost
    bare: float | None


@dataclass
class Report:
    """All figures of one size."""

    size: int
    clients: int
    command: str
    server: str
    lines: list[Line] = field(default_factory=list)
    taking: Taking | None = None
    memory: float = 0.0  # megabytes, PSS
    loaded_in: float = 0.0  # seconds

    def markdown(self) -> str:
        """The part of docs/performance.md for this size."""
        head = (
            f"{self.size:,} cases with five feed items each, loaded in {self.loaded_in:.0f} s. "
            f"{machine()}, {self.server}, Python {platform.python_version()}, "
            f"{datetime.now(UTC):%Y-%m-%d}. `{self.command}`"
        )
        after = [f"Memory of the desk's processes together (PSS): {self.memory:.0f} MB."]
        if self.taking:
            after.append(_taking_words(self.taking))
        return "\n".join([head, "", *self._table(), "", *(f"- {words}" for words in after)])

    def _table(self) -> list[str]:
        return [
            "| " + " | ".join(["operation", f"a second, {self.clients} clients", *HEADS]) + " |",
            "| --- |" + " ---: |" * (len(HEADS) + 1),
            *(_row(line) for line in self.lines),
        ]

    @property
    def wrong(self) -> int:
        """Answers that were not what they had to be."""
        loads = [load for line in self.lines for load in (line.alone, line.together)]
        return sum(load.wrong for load in loads) + (self.taking.load.wrong if self.taking else 0)


def _row(line: Line) -> str:
    count = max(line.together.count, 1)
    values = [
        f"{line.together.rate:.0f}",
        *(f"{time:.1f} ms" for time in (line.together.p50, line.together.p95)),
        *(f"{time:.1f} ms" for time in (line.alone.p50, line.alone.p95)),
        f"{line.cost.statements:.0f}",
        *(f"{time:.1f} ms" for time in (line.cost.in_sql, line.cost.out_of_sql)),
        *(f"{spent / count * 1000:.1f} ms" for spent in (line.cpu.desk, line.cpu.postgres)),
        f"{line.bare:.0f}" if line.bare else "",
    ]
    wrong = line.alone.wrong + line.together.wrong
    name = f"{line.name} ({wrong} failed)" if wrong else line.name
    return f"| {name} | " + " | ".join(values) + " |"


def _taking_words(taking: Taking) -> str:
    load = taking.load
    once = "each exactly once" if taking.exactly_once else "**not each exactly once**"
    return (
        f"Take next by 50 agents, each once a second, on {taking.cases:,} cases: "
        f"{taking.taken:,} taken, {once}, in {load.seconds:.0f} s; "
        f"p50 {load.p50:.1f} ms, p95 {load.p95:.1f} ms, p99 {load.p99:.1f} ms."
    )


def machine() -> str:
    """The machine by its cores and memory."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{os.cpu_count()} cores, {memory:.0f} GB"


def write(report: Report) -> None:
    """Put the figures in docs/performance.md, in place of those of the same size."""
    begin, end = f"<!-- {report.size} cases -->", f"<!-- end of {report.size} cases -->"
    text = PAGE.read_text(encoding="utf-8")
    part = f"{begin}\n{report.markdown()}\n{end}"
    if begin in text:
        old = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
        text = old.sub(lambda _: part, text)
    else:
        text = f"{text.rstrip()}\n\n### {report.size:,} cases\n\n{part}\n"
    PAGE.write_text(text, encoding="utf-8")
