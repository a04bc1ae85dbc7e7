"""The command line, `python -m heliodesk COMMAND`: each command is a module in server/commands."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import signal
import sys
from types import FrameType
from typing import NoReturn

from heliodesk.server import commands
from heliodesk.server.terminal import reporting_problems


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` name; returns the exit code."""
    options = parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupted)
    signal.signal(signal.SIGINT, _interrupted)
    with reporting_problems():
        return int(options.run(options))


def parser() -> argparse.ArgumentParser:
    """The parser with every command's own options."""
    top = argparse.ArgumentParser(
        prog="heliodesk", description="The case desk of a solar company's support."
    )
    choices = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for found in sorted(pkgutil.iter_modules(commands.__path__), key=lambda module: module.name):
        module = importlib.import_module(f"{commands.__name__}.{found.name}")
        command = choices.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        command.add_argument("--data", metavar="DIR", help="the desk's data folder")
        module.arguments(command)
        command.set_defaults(run=module.run)
    return top


def _interrupted(number: int, frame: FrameType | None) -> NoReturn:
    """Unwind, so that whatever was started is stopped."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
