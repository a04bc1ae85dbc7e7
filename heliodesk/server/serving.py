"""Serves pages and live updates with granian until it is told to stop."""

from __future__ import annotations

# What `_announce` would load while workers are forked: a worker that begins with the lock of a
# module held by a thread which it does not have waits for it forever.
import encodings.idna  # noqa: F401 - loaded for that alone
import http.client
import importlib
import multiprocessing
import signal
import socket
import threading
import time
from contextlib import suppress

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from heliodesk.server import environment
from heliodesk.server.environment import Echo
from heliodesk.server.parent import become_parent
from heliodesk.server.problem import Problem

# Connections, not requests: browsers keep several open, idle ones and live updates count.
CONNECTIONS_A_WORKER = 4096
STOP_LIMIT = 10  # seconds for requests under way
FIRST_ANSWER_LIMIT = 60.0  # seconds


def serve(host: str, port: int, echo: Echo) -> None:
    """Serve on `host` and `port`, say the address once a page comes back; returns when stopped."""
    refuse_taken_port(host, port)
    become_parent()
    hangup = signal.getsignal(signal.SIGHUP)
    server = Server(
        "heliodesk.rsgi:application",
        working_dir=environment.CHECKOUT,
        address=host,
        port=port,
        interface=Interfaces.RSGI,
        workers=environment.workers(),
        backlog=2048,
        backpressure=CONNECTIONS_A_WORKER,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_LIMIT,
        log_level=LogLevels.warning,
    )

    def started() -> None:
        # Closing the terminal stops the desk too, unless it was started under nohup.
        ends = hangup is not signal.SIG_IGN
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt if ends else signal.SIG_IGN)
        threading.Thread(target=_announce, args=(host, port, echo), daemon=True).start()

    server.on_startup(started)
    server.serve()


def load() -> None:
    """Load the desk before the workers are forked: they share its memory and begin at once. To be
    done before other processes are started beside, lest a fork falls into their starting."""
    if multiprocessing.get_start_method() == "fork":
        importlib.import_module("heliodesk.rsgi")


def refuse_taken_port(host: str, port: int) -> None:
    """Raise a `Problem` where the address cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Problem(
                f"Cannot listen on {host} port {port} ({reason}): choose another with --port."
            ) from error


def _announce(host: str, port: int, echo: Echo) -> None:
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked about, not bound to
    deadline = time.monotonic() + FIRST_ANSWER_LIMIT
    while time.monotonic() < deadline:
        status = _status(reachable, port)
        if status is not None:
            name = f"[{reachable}]" if ":" in reachable else reachable
            trouble = "" if status < http.HTTPStatus.INTERNAL_SERVER_ERROR else " (with errors)"
            echo(f"Heliodesk answers{trouble} at http://{name}:{port}/  (Ctrl-C stops it)")
            return
        time.sleep(0.1)
    echo("Heliodesk does not answer: see the messages above.")


def _status(host: str, port: int) -> int | None:
    connection = http.client.HTTPConnection(host, port, timeout=FIRST_ANSWER_LIMIT)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/session/login/")
        return connection.getresponse().status
    return None
