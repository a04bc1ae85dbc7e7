"""Groups of tests that one process runs (`xdist_group`), told to xdist.

xdist 3.8 writes a test's group into an attribute that pytest 9 no longer reads, and spreads groups
as if there were none. Here the name of the group stands behind the test's own only while xdist
hands on what has been collected: reports, and with them `--last-failed`, know the test's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from _pytest.nodeid import NodeId


@contextmanager
def told(items: list[pytest.Item]) -> Iterator[None]:
    """The tests' names with their groups, until the block ends."""
    groups = [(item, item.get_closest_marker("xdist_group")) for item in items]
    own = [(item, item.id, mark.args[0]) for item, mark in groups if mark]
    for item, name, group in own:
        item._id = NodeId.parse(f"{name}@{group}")
    try:
        yield
    finally:
        for item, name, _ in own:
            item._id = name
