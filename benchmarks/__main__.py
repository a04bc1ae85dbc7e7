"""`bin/bench`: loads a desk of a given size, serves it, and measures it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from itertools import takewhile
from pathlib import Path

from benchmarks import desk


def main() -> int:
    """Measure each size that was asked for; 1 where an answer was not what it had to be."""
    if sys.argv[1:2] == ["live"]:
        from benchmarks import live

        return live.main(sys.argv[2:])
    if sys.argv[1:2] == ["import"]:
        from benchmarks import moving_in

        return moving_in.main(sys.argv[2:])
    if sys.argv[1:2] == ["chromium"]:
        from benchmarks import chromium

        return chromium.main(sys.argv[2:])
    options = _options()
    if len(options.size) > 1:  # a process each: Django's settings name one database
        return max(_alone(size) for size in options.size)
    with tempfile.TemporaryDirectory(prefix="heliodesk-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL's own account passes through, where root runs this
        data = Path(folder) / "desk"
        data.mkdir()
        if options.template:
            desk.share_compiled(data)
        with desk.database_of(options.size[0], data, options.template):
            desk.prepare(has_tables=bool(options.template))
            from benchmarks.run import measure  # its models need Django set up

            return 1 if measure(options.size[0], options, data) else 0


def _alone(size: int) -> int:
    given = sys.argv[1:]
    at = given.index("--size")
    sizes = takewhile(lambda word: not word.startswith("-"), given[at + 1 :])
    others = given[at + 1 + len(list(sizes)) :]
    command = [sys.executable, "-m", "benchmarks", *given[:at], "--size", str(size), *others]
    return subprocess.run(command, check=False).returncode


def number(text: str) -> int:
    """`10k`, `100k`, `1m`, or a plain number."""
    factors = {"k": 1_000, "m": 1_000_000}
    factor = factors.get(text[-1:].lower(), 1)
    count = int(text[:-1] if factor > 1 else text) * factor
    if count < 100:
        raise argparse.ArgumentTypeError("at least 100 cases")
    return count


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench",
        description="How fast the desk is. DATABASE_URL names the server to use; the embedded "
        "PostgreSQL is used when it is not set. Each size gets a database of its own.",
    )
    parser.add_argument(
        "--size", type=number, nargs="+", default=[10_000], help="cases: 10k, 100k, 1m …"
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="for each operation")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="operations with such a word")
    parser.add_argument(
        "--template",
        metavar="NAME",
        help="an empty desk on DATABASE_URL's server, to be copied; HELIODESK_DATA is its folder",
    )
    parser.add_argument(
        "--write", action="store_true", help="put the figures in docs/performance.md"
    )
    options = parser.parse_args()
    options.command = "bin/bench " + " ".join(sys.argv[1:])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heliodesk.settings")
    return options


if __name__ == "__main__":
    sys.exit(main())
