"""What held the widths of columns holds the columns and the folded groups too: rename it so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

RENAME = "ALTER INDEX {0} RENAME TO {1}"
OLD, NEW = "column_widths_once", "list_layout_once"


class Migration(migrations.Migration):
    dependencies = [
        ("list_views", "0003_groups_folded_away"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel("ColumnWidths", "ListLayout"),
        migrations.AlterModelOptions("listlayout", {}),
        migrations.AlterField(
            "listlayout",
            "person",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="list_layouts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(
            RENAME.format(OLD, NEW),
            RENAME.format(NEW, OLD),
            state_operations=[
                migrations.RemoveConstraint("listlayout", OLD),
                migrations.AddConstraint(
                    "listlayout", models.UniqueConstraint("person", "list", name=NEW)
                ),
            ],
        ),
    ]
