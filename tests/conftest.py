"""What every test has."""

import gc

from django.test import TransactionTestCase

from tests.emptying import instead_of_flush

pytest_plugins = ["tests.fixtures"]
TransactionTestCase._fixture_teardown = instead_of_flush  # type: ignore[attr-defined]


def pytest_collection_finish() -> None:
    """What is loaded now stays: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
