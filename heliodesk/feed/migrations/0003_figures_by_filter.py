"""Figures of dashboards with a filter, from indexes alone (V5): what was closed with what a case is
filtered by, what was taken with where from.

PostgreSQL reads an index alone only where a vacuum has marked the table's pages as seen by everybody.
By itself it vacuums a table when a fifth has changed: of a million cases that is half a year, and the
latest month is what is looked at. A hundredth is days, and costs little, for pages that did not
change are left out.

How large the indexes are and what they cost: docs/performance.md, "The team dashboard"."""

from django.db import migrations, models

CLOSED = "(COALESCE(closed_at, '9999-01-01 00:00:00+00'::timestamptz), id)"
BY_CLOSED = f"CREATE INDEX case_by_closed ON cases_case {CLOSED}"
COUNTED = "INCLUDE (closed_at, case_type, owner_agent_id, owner_queue_id)"
DROP = "DROP INDEX case_by_closed"
TABLES = (
    "cases_case",
    "cases_closure",
    "cases_activity",
    "assignments_caseassignment",
    "feed_feeditem",
)
OFTEN = "autovacuum_vacuum_scale_factor", "autovacuum_vacuum_insert_scale_factor"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_interactions_by_account"),
        ("assignments", "0006_cases_of_a_department"),
        ("feed", "0002_taken_by_time"),
    ]

    operations = [
        migrations.RunSQL([DROP, f"{BY_CLOSED} {COUNTED}"], [DROP, BY_CLOSED]),
        migrations.RemoveIndex(model_name="feeditem", name="feed_taken"),
        migrations.AddIndex(
            model_name="feeditem",
            index=models.Index(
                fields=["at"],
                include=["data"],
                name="feed_taken",
                condition=models.Q(kind="taken"),
            ),
        ),
        *(
            migrations.RunSQL(
                f"ALTER TABLE {table} SET ({', '.join(f'{name} = 0.01' for name in OFTEN)})",
                f"ALTER TABLE {table} RESET ({', '.join(OFTEN)})",
            )
            for table in TABLES
        ),
    ]
