"""`heliodesk serve`: the company's desk."""

from __future__ import annotations

import argparse
import os
from contextlib import nullcontext

from heliodesk.server import environment, prepared, serving, supervise
from heliodesk.server.commands.demo import prepare
from heliodesk.server.terminal import echo

NAME = "serve"
HELP = "serve the desk (run 'migrate' first, and after each update)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--host", default="127.0.0.1", help="address (default: loopback only)")
    parser.add_argument("--port", type=int, default=8000, help="port (default 8000)")
    parser.add_argument(
        "--worker", action="store_true", help="run a worker too (else: 'heliodesk worker')"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped; refuses where migrations are missing."""
    serving.refuse_taken_port(options.host, options.port)
    data = environment.data_folder(options.data)
    os.environ.setdefault("HELIODESK_ADDRESS", f"http://127.0.0.1:{options.port}")
    with environment.desk(data, echo=echo):
        ready = prepared.is_prepared(data, os.environ["DATABASE_URL"], "desk")
        if not ready and (code := prepare("desk", "check")) != 0:
            return code
        serving.load()
        with supervise.worker_beside(echo) if options.worker else nullcontext():
            serving.serve(options.host, options.port, echo)
    return 0
