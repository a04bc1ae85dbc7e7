"""Indexes of list views (V3) for orders that go through a column's values: of the values that few
cases have, and that PostgreSQL reckons with from now on.

Why these, how large they are and what they cost: docs/performance.md, "List views"."""

from django.db import migrations

INDEXES = {
    "case_open_by_status": "(status, created_at, id) WHERE status <> 'closed'",
    "case_of_queue": "(created_at, id) WHERE owner_queue_id IS NOT NULL",
    "case_modified_by_nobody": "(created_at, id) WHERE last_modified_by_id IS NULL",
    "case_with_gap": "(created_at, id) WHERE contract_gap <> ''",
}


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_orders_along_time")]

    operations = [
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON cases_case {what}", f"DROP INDEX {name}")
            for name, what in INDEXES.items()
        ),
        # What an index works out has no statistics before it is looked at, and PostgreSQL looks by
        # itself when a tenth has changed: until then it read half a million closings for none.
        migrations.RunSQL("ANALYZE cases_case", migrations.RunSQL.noop),
    ]
