"""Emptying the tables after a test that commits, quickly.

Django truncates every table, which makes each table's and each index's file anew: half a second.
Hardly a table holds anything, and deleting nothing costs nothing.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase

from heliodesk.core.models import AuditEntry

#: Of no model.
OTHERS = ("live_change", "live_presence")
#: Made by the migrations, not by a test.
KEPT = {"django_content_type", "auth_permission"}


def instead_of_flush(case: TransactionTestCase) -> None:
    """In the place of `TransactionTestCase._fixture_teardown`."""
    audit = AuditEntry._meta.db_table
    names = set(connection.introspection.django_table_names())
    names.add(str(settings.CACHES["default"]["LOCATION"]))
    statements = [f'TRUNCATE "{audit}"']  # which refuses to be deleted from (K4)
    statements += [f'DELETE FROM "{name}"' for name in sorted(names - KEPT - {audit})]
    statements += [f"DELETE FROM {name}" for name in OTHERS]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(statements))
