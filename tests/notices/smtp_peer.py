"""A mail server for tests: it listens on loopback and answers as it is told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Peer:
    """What the server got, and the answers it gives: to `RCPT TO` by address, else 250."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    to_data: str = "250 Taken"
    hangs_up_at: str = ""
    got: list[tuple[str, str]] = field(default_factory=list)  # recipient, message


@contextmanager
def listening(**answers: str) -> Iterator[Peer]:
    """A server that runs inside; `frank="550 No"` is its answer to frank@example.com."""
    peer = Peer(answers={f"{name}@example.com": answer for name, answer in answers.items()})

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _talk(self, peer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        peer.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield peer
        finally:
            server.shutdown()
            thread.join()


def _talk(session: socketserver.StreamRequestHandler, peer: Peer) -> None:
    """One session, command by command."""

    def say(answer: str) -> None:
        session.wfile.write(f"{answer}\r\n".encode())

    recipient = ""
    say("220 peer")
    while line := session.rfile.readline().decode().strip():
        command = line.split()[0].upper()
        if command == peer.hangs_up_at:
            return
        if command == "RCPT":
            recipient = line.partition("<")[2].partition(">")[0]
            say(peer.answers.get(recipient, "250 OK"))
        elif command == "DATA":
            say("354 Go on")
            peer.got.append((recipient, _message(session)))
            say(peer.to_data)
        elif command == "QUIT":
            say("221 Bye")
            return
        else:
            say("250 OK")


def _message(session: socketserver.StreamRequestHandler) -> str:
    lines = []
    while (line := session.rfile.readline().decode()) != ".\r\n":
        lines.append(line)
    return "".join(lines)
