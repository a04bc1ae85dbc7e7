"""Clients that cost little themselves: wrk; without it, threads with open connections."""

from __future__ import annotations

import http.client
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from urllib.parse import urlencode

CSRF = "b" * 32
PREFIX = "hd_"  # tokens of the API begin so
TIMEOUT = 30  # seconds

WRK = """
local paths, people = {%(paths)s}, {%(people)s}
local step = %(start)d
request = function()
  step = step + 1
  local headers = {["%(header)s"] = people[step %% #people + 1], ["Accept-Encoding"] = "gzip"}
  return wrk.format("GET", paths[step %% #paths + 1], headers)
end
"""


# Each line is a form of its own: sent twice, it would be answered without being carried out (K3).
WRK_FORMS = """
local forms, last = io.lines("%(forms)s"), nil
request = function()
  local form = forms and forms()
  if not form then forms = nil wrk.thread:stop() return last end
  local path, cookie, body = form:match("([^\t]*)\t([^\t]*)\t(.*)")
  last = wrk.format("POST", path, {["Cookie"] = cookie, ["Accept-Encoding"] = "gzip",
    ["Content-Type"] = "application/x-www-form-urlencoded"}, body)
  return last
end
"""

WRK_DONE = """
other = 0
response = function(status)
  if status ~= %(right)d and status < 400 then other = other + 1 end
end
local threads = {}
setup = function(thread) table.insert(threads, thread) end
done = function(summary, latency, requests)
  io.write(string.format('{"count": %%d, "seconds": %%f, "p50": %%f, "p95": %%f, "wrong": %%d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(95) / 1e3, summary.errors.status + summary.errors.timeout
    + summary.errors.read + summary.errors.connect + threads[1]:get("other")))
end
"""
MOST_FORMS = 1_000  # a second, for which forms are prepared


@dataclass(frozen=True)
class Load:
    """What a run came to: requests, seconds, and times in milliseconds."""

    count: int
    seconds: float
    p50: float
    p95: float
    wrong: int
    p99: float = 0.0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.count / self.seconds if self.seconds else 0.0


def cookie(session: str) -> str:
    """The cookies of a signed-in browser."""
    return f"sessionid={session}; csrftoken={CSRF}"


def shown(session: str) -> tuple[str, str]:
    """The header that says who asks, by a session or by a token of the API, and what it says."""
    if session.startswith(PREFIX):
        return "Authorization", f"Bearer {session}"
    return "Cookie", cookie(session)


def by_wrk(seconds: float) -> bool:
    """Whether wrk sends what takes so long: it is there, and knows whole seconds alone."""
    return seconds >= 1 and shutil.which("wrk") is not None


def read_pages(
    port: int, paths: list[str], sessions: list[str], *, clients: int, seconds: float, folder: Path
) -> Load:
    """Get `paths` in turn as the people of `sessions`, by wrk or else by threads. The answers are
    compressed, as a browser asks for it."""
    if not by_wrk(seconds):
        return read_by_threads(port, paths, sessions, clients=clients, seconds=seconds)
    values = {
        "paths": ",".join(json.dumps(path) for path in paths),
        "header": shown(sessions[0])[0],
        "people": ",".join(json.dumps(shown(session)[1]) for session in sessions),
        "start": time.monotonic_ns() % 1000,
    }
    return _by_wrk(port, WRK % values, 200, clients, seconds, folder)


def _by_wrk(port: int, script: str, right: int, clients: int, seconds: float, folder: Path) -> Load:
    """`right` is the status of a right answer; any other counts as wrong."""
    file = folder / "wrk.lua"
    file.write_text(script + WRK_DONE % {"right": right}, encoding="utf-8")
    command = ["wrk", "-t1", f"-c{clients}", f"-d{int(seconds)}s", "--timeout", "30s"]
    done = subprocess.run(
        [*command, "-s", str(file), f"http://127.0.0.1:{port}/"],
        capture_output=True,
        text=True,
        check=True,
    )
    return Load(**json.loads(done.stdout.strip().splitlines()[-1]))


Form = tuple[str, str, dict[str, str]]  # path, session, fields


class Forms:
    """Forms to send, each once. Those that were prepared and not sent are given back."""

    def __init__(self, forms: Iterator[Form]) -> None:
        self._forms = forms

    def __iter__(self) -> Iterator[Form]:
        return self

    def __next__(self) -> Form:
        return next(self._forms)

    def give_back(self, forms: list[Form]) -> None:
        """Have these come next."""
        self._forms = chain(forms, self._forms)


def send_forms(port: int, forms: Forms, *, clients: int, seconds: float, folder: Path) -> Load:
    """Send forms one after the other as `clients`; each has to be answered by a redirect, as a form
    that was carried out is. By wrk, which has them ready made, or else by threads.
    """
    if not by_wrk(seconds):
        return send_by_threads(port, forms, clients=clients, seconds=seconds)
    prepared = list(islice(forms, int(seconds * MOST_FORMS)))
    file = folder / "forms.tsv"
    with file.open("w", encoding="utf-8") as lines:
        for path, session, fields in prepared:
            lines.write(f"{path}\t{cookie(session)}\t{encoded(fields)}\n")
    load = _by_wrk(port, WRK_FORMS % {"forms": file}, 303, clients, seconds, folder)
    forms.give_back(prepared[load.count + clients :])  # each client may have sent one more
    return load


def send_by_threads(port: int, forms: Iterator[Form], *, clients: int, seconds: float) -> Load:
    """As `send_forms`, by threads, which wait for each answer however long it takes."""
    lock = threading.Lock()

    def send(client: Client) -> int:
        with lock:
            path, session, fields = next(forms)
        return client.post(path, session, fields)

    return _by_threads(port, send, 303, clients, seconds)


def encoded(fields: dict[str, str]) -> str:
    """A form's fields as a browser sends them."""
    return urlencode({"csrfmiddlewaretoken": CSRF, **fields})


class Client:
    """A browser with one open connection."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self.connection.connect()
        self.body = b""
        self.location = ""

    def get(self, path: str, session: str) -> int:
        """The status of the page."""
        headers = dict([shown(session), ("Accept-Encoding", "gzip")])
        self.connection.request("GET", path, headers=headers)
        return self._answer()

    def post(self, path: str, session: str, fields: dict[str, str]) -> int:
        """The status of the answer to a form."""
        headers = {
            "Cookie": cookie(session),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept-Encoding": "gzip",
        }
        self.connection.request("POST", path, encoded(fields), headers)
        return self._answer()

    def _answer(self) -> int:
        response = self.connection.getresponse()
        self.body = response.read()
        self.location = response.headers.get("Location", "")
        return response.status


def summary(times: list[float], seconds: float, wrong: int) -> Load:
    """The load of single times in seconds."""
    ordered = sorted(times) or [0.0]

    def at(share: float) -> float:
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000

    return Load(len(times), seconds, at(0.5), at(0.95), wrong, at(0.99))


def read_by_threads(
    port: int, paths: list[str], sessions: list[str], *, clients: int, seconds: float
) -> Load:
    """As `read_pages`, by threads, which wait for each answer however long it takes."""
    steps = iter(range(10**9))

    def get(client: Client) -> int:
        step = next(steps)
        return client.get(paths[step % len(paths)], sessions[step % len(sessions)])

    return _by_threads(port, get, 200, clients, seconds)


def _by_threads(
    port: int, act: Callable[[Client], int], right: int, clients: int, seconds: float
) -> Load:
    end = time.monotonic() + seconds

    def run(_: int) -> tuple[list[float], int]:
        client, times, wrong = Client(port), [], 0
        while (start := time.monotonic()) < end:
            wrong += act(client) != right
            times.append(time.monotonic() - start)
        client.connection.close()
        return times, wrong

    began = time.monotonic()
    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(run, range(clients)))
    taken = time.monotonic() - began
    times = [each for mine, _ in results for each in mine]
    return summary(times, taken, sum(wrong for _, wrong in results))
