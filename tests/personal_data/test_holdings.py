"""Each table that refers to a homeowner's records is known to exporting and erasing."""

from __future__ import annotations

import pytest
from django.db import connection

from heliodesk.personal_data.holdings import FILES, HOLDINGS, NOTHING_OF_THEM

REFERRING = """
    SELECT DISTINCT conrelid::regclass::text FROM pg_constraint
    WHERE contype = 'f' AND confrelid = ANY(ARRAY['directory_account', 'directory_contact',
        'directory_contract', 'cases_case', 'cases_interaction', 'files_casefile',
        'webhooks_delivery']::regclass[])
"""


@pytest.mark.django_db
def test_no_table_is_forgotten() -> None:
    with connection.cursor() as cursor:
        cursor.execute(REFERRING)
        referring = {row[0] for row in cursor.fetchall()}
    known = {one.table for one in (*HOLDINGS, FILES)} | NOTHING_OF_THEM
    assert referring - known == set(), (
        "say in personal_data/holdings.py what becomes of these when a homeowner is erased"
    )
