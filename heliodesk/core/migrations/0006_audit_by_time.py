"""The record of changes is read by time, newest first (K4)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_cache_for_all_processes")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["at", "id"], name="audit_by_time"),
        ),
    ]
