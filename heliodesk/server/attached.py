"""Runs another Python module so that it ends with the serving process:
`python -m heliodesk.server.attached MODULE ARGUMENTS…`."""

from __future__ import annotations

import runpy
import sys

from heliodesk.server.parent import end_without_parent


def main() -> None:
    """Become that module."""
    end_without_parent()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
