"""Tests of one group run in one process: what they begin with is made once.

pytest-xdist does so by a suffix to the tests' names, which pytest 9.2 does not let it write: since
then it sends each test of a group wherever there is time. A file belongs to a group as a whole.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]

CHECKOUT = Path(__file__).resolve().parent.parent
GROUP = re.compile(r'mark\.xdist_group\("([^"]+)"\)')


@cache
def group_of(path: str) -> str | None:
    """The group that the tests of the file belong to, None when each may run anywhere."""
    found = GROUP.search((CHECKOUT / path).read_text(encoding="utf-8"))
    return found[1] if found else None


class ByGroup(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no types
    """Sends tests to processes, and a group to one of them."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """In the place of `--dist loadgroup`, which is what bin/test asks for."""
    return ByGroup(config, log)
