"""Indexes from which dashboards count without reading a row (V5): those of the orders that lists have
already get the columns that are counted by, and closures and reviews one by their time.

How large they are and what they cost: docs/performance.md, "The team dashboard"."""

from django.db import migrations, models

OPEN = "CREATE INDEX case_open_by_created ON cases_case (created_at, id) {} WHERE status <> 'closed'"
COUNTED = "INCLUDE (status, case_type, owner_agent_id, owner_queue_id, review_due_from)"
DROP = "DROP INDEX case_open_by_created"


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_lists_of_any_filter")]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_by_created"),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                fields=["-created_at", "-id"],
                include=("request_type", "case_type", "owner_agent", "owner_queue"),
                name="case_by_created",
            ),
        ),
        migrations.RunSQL([DROP, OPEN.format(COUNTED)], [DROP, OPEN.format("")]),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["at"],
                include=("by", "case"),
                name="activity_review_by_time",
                condition=models.Q(subject="Case Review"),
            ),
        ),
        migrations.AddIndex(
            model_name="closure",
            index=models.Index(
                fields=["closed_at"],
                include=("reason", "closed_by", "case"),
                name="closure_by_closed",
                condition=models.Q(reopened_at=None),
            ),
        ),
        migrations.AddIndex(
            model_name="closure",
            index=models.Index(
                fields=["reopened_at"],
                include=("case",),
                name="closure_by_reopened",
                condition=~models.Q(reopened_at=None),
            ),
        ),
    ]
