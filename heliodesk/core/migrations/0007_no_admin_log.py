"""Django's admin, which the set-up has replaced, kept a log of its own beside the record of changes,
which has all that was in it (K4)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0006_audit_by_time")]

    operations = [
        migrations.RunSQL("DROP TABLE IF EXISTS django_admin_log", migrations.RunSQL.noop),
    ]
