"""Which cases were given to a department, from an index alone: dashboards filter by it (V5)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0005_what_the_department_offers"),
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="caseassignment",
            name="department",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="people.department",
            ),
        ),
        migrations.AddIndex(
            model_name="caseassignment",
            index=models.Index(
                fields=["department"], include=["case"], name="assignment_of_department"
            ),
        ),
    ]
