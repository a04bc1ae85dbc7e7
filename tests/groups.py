"""Tests of one group run in one process: what they begin with is made once.

pytest-xdist does so by a suffix to the tests' names, which pytest 9.2 does not let it write: since
then it sends each test of a group wherever there is time. A file belongs to a group as a whole.

All others are sent a handful at a time: with each test sent alone, and all those that were sent
counted each time, most of what the sending process did was that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]

HANDFULS = 400  # as many as there are at least, where there are so many tests
CHECKOUT = Path(__file__).resolve().parent.parent
GROUP = re.compile(r'mark\.xdist_group\("([^"]+)"\)')


@cache
def group_of(path: str) -> str | None:
    """The group that the tests of the file belong to, None when each may run anywhere."""
    found = GROUP.search((CHECKOUT / path).read_text(encoding="utf-8"))
    return found[1] if found else None


class ByGroup(LoadGroupScheduling):  # type: ignore[misc]  # xdist has no types
    """Sends tests to processes: a group to one of them, before the others, which are smaller."""

    def schedule(self) -> None:
        """Send what comes first; called once when all processes know the tests."""
        if self.collection is None:
            self.units = units(next(iter(self.registered_collections.values())))
        super().schedule()

    def _split_scope(self, nodeid: str) -> str:
        return self.units[nodeid]


def units(tests: Sequence[str]) -> dict[str, str]:
    """What each test is sent together with: its group, or a handful of those beside it."""
    groups = {test: group_of(test.partition("::")[0]) for test in tests}
    alone = [test for test, group in groups.items() if group is None]
    size = max(1, len(alone) // HANDFULS)
    handfuls = {test: f"handful {place // size}" for place, test in enumerate(alone)}
    return {test: group or handfuls[test] for test, group in groups.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """In the place of `--dist loadgroup`, which is what bin/test asks for."""
    return ByGroup(config, log)
