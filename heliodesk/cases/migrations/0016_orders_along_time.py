"""Indexes of list views (V3) for orders that go along time while the filter speaks of another time:
between which numbers the cases of a day are, and the cases that took long.

Why these, how large they are and what they cost: docs/performance.md, "List views"."""

from django.db import migrations

INDEXES = {
    "case_by_number_block": "((number >> 12), ((created_at AT TIME ZONE 'UTC')::date))",
    "case_that_took_long": (
        "(last_modified_at) INCLUDE (created_at, closed_at, number, priority, id)"
        " WHERE greatest(last_modified_at, closed_at) - created_at > interval '30 days'"
        " OR closed_at > last_modified_at OR last_modified_at - closed_at > interval '1 day'"
    ),
}


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_interactions_by_account")]

    operations = [
        migrations.RunSQL(f"CREATE INDEX {name} ON cases_case {what}", f"DROP INDEX {name}")
        for name, what in INDEXES.items()
    ]
