from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0005_working_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='bulk_action',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='notice',
            name='cases',
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
