"""What assignments that ended were, from their index alone: dashboards count and time them (V5).

How large it is and what it costs: docs/performance.md, "The team dashboard"."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0006_cases_of_a_department"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="caseassignment", name="assignment_ended"),
        migrations.AddIndex(
            model_name="caseassignment",
            index=models.Index(
                fields=["department", "-ended_at", "-id"],
                include=("case", "status", "created_at", "accepted_at"),
                name="assignment_ended",
                condition=models.Q(ended_at__isnull=False),
            ),
        ),
    ]
