"""Which detail of the case somebody has open for editing, field by field (K2)."""

from django.db import migrations

ADD = "ALTER TABLE live_presence ADD COLUMN field text NOT NULL DEFAULT ''"
BACK = "ALTER TABLE live_presence DROP COLUMN field"


class Migration(migrations.Migration):
    dependencies = [("live", "0001_initial")]

    operations = [migrations.RunSQL(ADD, BACK)]
