"""`heliodesk worker`: the desk's background jobs."""

from __future__ import annotations

import argparse

from heliodesk.server import environment, supervise
from heliodesk.server.parent import become_parent
from heliodesk.server.terminal import echo

NAME = "worker"
HELP = "run background jobs: escalations, notices, mail (any number, on any machine)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--concurrency",
        type=int,
        default=supervise.CONCURRENCY,
        metavar="N",
        help=f"jobs at a time (default {supervise.CONCURRENCY})",
    )


def run(options: argparse.Namespace) -> int:
    """Work until stopped."""
    with environment.desk(environment.data_folder(options.data), echo=echo):
        become_parent()
        supervisor = supervise.Supervisor(supervise.worker(max(1, options.concurrency)), echo)
        supervisor.start()
        echo("Working off background jobs.  (Ctrl-C stops it)")
        try:
            supervisor.wait()
        except KeyboardInterrupt:
            echo("Stopping …")
        finally:
            supervisor.stop()
    return 0
