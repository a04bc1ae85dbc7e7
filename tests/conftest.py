"""What every test has."""

import gc
import sys

from django.test import Client, TestCase, TransactionTestCase

from tests import rollbacks, signing_in
from tests.emptying import instead_of_flush

pytest_plugins = ["tests.fixtures"]
TransactionTestCase._fixture_teardown = instead_of_flush  # type: ignore[attr-defined]
TestCase._should_check_constraints = rollbacks.may_be_checked  # type: ignore[attr-defined]
Client._login = signing_in.at_once  # type: ignore[attr-defined]
rollbacks.keep_plans()


def pytest_collection_finish() -> None:
    """What is loaded now stays: the collector need not look through it again and again, and what
    a test leaves is little."""
    if providers := sys.modules.get("hypothesis.internal.conjecture.providers"):
        # Else Hypothesis reads every module of the desk for words to draw, which takes seconds.
        vars(providers)["is_local_module_file"] = lambda _path: False
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 50)
