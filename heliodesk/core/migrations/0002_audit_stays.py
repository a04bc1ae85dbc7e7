"""Nobody edits the record of changes through the desk (K4)."""

from django.db import migrations

from heliodesk.core.sql import breach, trigger


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        trigger(
            "audit_entry_stays",
            "core_auditentry",
            "BEFORE UPDATE OR DELETE",
            breach("audit_entry_stays", "the record of changes is never changed (K4)"),
        ),
    ]
