"""What somebody closed lately is read for their desk (V1)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_installer_case_names_its_installer")]

    operations = [
        migrations.AddIndex(
            model_name="closure",
            index=models.Index(fields=["closed_by", "-closed_at"], name="closure_by_closer"),
        ),
    ]
