"""`heliodesk demo`: everything from nothing, for trying the desk out."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import nullcontext

from heliodesk.server import (
    answers,
    environment,
    example_engine,
    prepared,
    serving,
    supervise,
)
from heliodesk.server.terminal import echo

NAME = "demo"
HELP = "start the desk with a demo company (or, with --empty, without one)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--port", type=int, default=8000, help="on loopback (default 8000)")
    parser.add_argument("--empty", action="store_true", help="no demo company: a desk of your own")
    parser.add_argument(
        "--no-engine", action="store_true", help="without the example of a job system beside it"
    )
    for field, question in answers.QUESTIONS.items():
        if field != "password":
            text = f"with --empty: the first administrator's {question.lower()}"
            parser.add_argument(f"--admin-{field}", metavar=question.upper(), help=text)


def run(options: argparse.Namespace) -> int:
    """Prepare what is not prepared, then serve, a worker beside it, until stopped."""
    demo = not options.empty
    serving.refuse_taken_port("127.0.0.1", options.port)
    data = environment.data_folder(options.data, demo=demo)
    for field in answers.QUESTIONS:
        answer = getattr(options, f"admin_{field}", None)
        if answer:
            os.environ[answers.variable(field)] = answer
    os.environ.setdefault("HELIODESK_ADDRESS", f"http://127.0.0.1:{options.port}")
    engine = example_engine.choose(data, options.port) if demo and not options.no_engine else None
    with environment.desk(data, demo=demo, echo=echo):
        kind = "demo" if demo else "desk"
        if not prepared.is_prepared(data, os.environ["DATABASE_URL"], kind):
            echo("Preparing the desk …")
            if (code := prepare(kind, "start")) != 0:
                return code
        if demo and not os.environ.get("EMAIL_URL"):
            echo(f"Mail is sent to nobody: it is printed into {data / 'mail'}")
        serving.load()
        beside = example_engine.beside(engine, echo) if engine else nullcontext()
        with beside, supervise.worker_beside(echo):
            serving.serve("127.0.0.1", options.port, echo)
    return 0


def prepare(kind: str, step: str) -> int:
    """Run `heliodesk.server.prepare` as a process of its own; returns its exit code."""
    command = [sys.executable, "-P", "-m", "heliodesk.server.prepare", kind, step]
    environ = os.environ | {"PYTHONPATH": str(environment.CHECKOUT)}
    return subprocess.run(command, env=environ, check=False).returncode  # noqa: S603 - our own program
