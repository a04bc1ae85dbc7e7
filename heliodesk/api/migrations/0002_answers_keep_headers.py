from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('api', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='apianswer',
            name='headers',
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
