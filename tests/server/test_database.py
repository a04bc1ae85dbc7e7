"""The database behind DATABASE_URL."""

from __future__ import annotations

import pytest
from django.db import connection

from heliodesk.server import database


@pytest.mark.django_db
def test_letters_with_accents_have_trigrams() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("SELECT cardinality(show_trgm('ñ'))")
        assert cursor.fetchone() == (2,)


def test_a_password_never_stands_in_a_message() -> None:
    url = "postgresql://desk:secret@%2Frun%2Fpg/heliodesk?sslmode=require"
    assert database.without_password(url) == "postgresql://desk@/run/pg/heliodesk"
