"""Of two referral reasons that differ by capital letters alone nobody knows which to choose: the
later one gets its number behind its name, and there are no more such (A1)."""

from django.db import migrations, models
from django.db.models.functions import Lower

NUMBERED = """
    UPDATE {table} t SET name = left(t.name, 100) || ' (' || t.id || ')'
    WHERE EXISTS (SELECT 1 FROM {table} o WHERE o.{of} = t.{of}
        AND lower(o.name) = lower(t.name) AND o.id < t.id)
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_support_exports")]

    operations = [
        migrations.RunSQL(
            NUMBERED.format(table="people_referralreason", of="department_id"),
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            NUMBERED.format(table="people_referralsubtype", of="reason_id"), migrations.RunSQL.noop
        ),
        migrations.RemoveConstraint(model_name="referralreason", name="referral_reason_once"),
        migrations.AddConstraint(
            model_name="referralreason",
            constraint=models.UniqueConstraint(
                models.F("department"), Lower("name"), name="referral_reason_once"
            ),
        ),
        migrations.RemoveConstraint(model_name="referralsubtype", name="referral_subtype_once"),
        migrations.AddConstraint(
            model_name="referralsubtype",
            constraint=models.UniqueConstraint(
                models.F("reason"), Lower("name"), name="referral_subtype_once"
            ),
        ),
    ]
