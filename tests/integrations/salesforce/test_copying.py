"""Rows are written as PostgreSQL's COPY reads them, whatever stands in them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection

from heliodesk.integrations.salesforce.moving_in import copying

ODD = [
    "plain", "", "two\nlines", "tab\there", "return\r", "back\\slash", "\\N", "\\.", "ends in \\",
    copying.ABSENT, f"in {copying.ABSENT} it", "ünïcode – 日本", "\x1f\x7f\u2028", "t", "\\x41",
]  # fmt: skip


@pytest.mark.django_db
def test_every_text_comes_back_as_it_was() -> None:
    at = datetime(2024, 5, 1, 10, tzinfo=UTC)
    rows = [[text, None, number, at, number == 1] for number, text in enumerate(ODD)]
    rows += [["all plain", "x", 7, at, None]]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE odd (said text, no text, n bigint, at timestamptz, yes boolean)"
        )
        with cursor.copy(f"COPY odd FROM STDIN {copying.FORM}") as target:
            for block in copying.blocks(rows):
                target.write(block)
        cursor.execute("SELECT * FROM odd ORDER BY ctid")
        assert [list(row) for row in cursor.fetchall()] == rows
        cursor.execute("DROP TABLE odd")
