from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_signing_in")]

    operations = [
        migrations.AddField(
            model_name="queue",
            name="description",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="user",
            name="password_is_temporary",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Somebody else chose it: they choose another before anything else (K1).",
            ),
        ),
    ]
