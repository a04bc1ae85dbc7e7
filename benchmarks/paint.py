"""What the browser says of its own work: from an input to the next paint, moves, and bytes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

    from benchmarks.interactions import Interaction

#: Event timing says nothing of an input that was painted within a frame: it counts as one.
FRAME = 16  # milliseconds
WATCH = """() => {
  if (window.bench) return;
  window.bench = { inputs: [], moved: 0, seen: 0 };
  const watch = (type, told, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(told))
      .observe({ type, buffered: true, ...more });
  const input = (one) => one.interactionId && bench.inputs.push(one.duration);
  watch("event", input, { durationThreshold: 16 });
  watch("layout-shift", (one) => { if (!one.hadRecentInput) bench.moved += one.value; });
  watch("largest-contentful-paint", (one) => { bench.seen = one.startTime; });
}"""
PAINTED = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))"""
TAKE = """() => {
  const inputs = bench.inputs;
  bench.inputs = [];
  return Math.max(0, ...inputs);
}"""


@dataclass
class Tries:
    """Of one interaction: milliseconds to the next paint, of CPU in the page, and until seen."""

    name: str
    paints: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    seen: list[float] = field(default_factory=list)


class Watcher:
    """Watches one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.bytes = 0.0
        self.requests = 0
        self.session.send("Performance.enable", {"timeDomain": "threadTicks"})
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._weigh)

    def _weigh(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        self.requests += event["encodedDataLength"] > 0

    def slow_down(self, times: float) -> None:
        """Let the page have so much less of the processor."""
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def open(self, address: str) -> dict[str, float]:
        """Open a page; gives its kilobytes on the wire, how far it moved, and when it was seen."""
        self.bytes, self.requests = 0.0, 0
        self.page.goto(address, wait_until="load")
        self.page.evaluate(WATCH)
        time.sleep(0.5)
        found: dict[str, float] = self.page.evaluate("({ moved: bench.moved, seen: bench.seen })")
        return found | {"KB": self.bytes / 1024, "requests": self.requests}

    def measure(self, one: Interaction, times: int) -> Tries:
        """Do it so many times, after once unmeasured."""
        tries = Tries(one.name)
        for number in range(times + 1):
            if one.before:
                one.before(self.page)
            self.page.evaluate(PAINTED)
            self.page.evaluate(TAKE)
            self.page.wait_for_timeout(150)
            before, began = self._cpu(), time.perf_counter()
            one.act(self.page)
            if one.then:
                self.page.locator(one.then).first.wait_for()
            took = (time.perf_counter() - began) * 1000
            self.page.evaluate(PAINTED)
            self.page.wait_for_timeout(100)  # entries come after the paint
            if number:
                tries.paints.append(max(self.page.evaluate(TAKE), FRAME))
                tries.cpu.append((self._cpu() - before) * 1000)
                tries.seen.append(took if one.then else 0)
        return tries

    def _cpu(self) -> float:
        told = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in told if one["name"] == "TaskDuration"))
