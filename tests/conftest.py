"""What every test has."""

from django.test import TransactionTestCase

from tests.emptying import instead_of_flush

pytest_plugins = ["tests.fixtures"]
TransactionTestCase._fixture_teardown = instead_of_flush  # type: ignore[attr-defined]
