from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_what_assignments_refer_to'),
    ]

    operations = [
        migrations.AddField(
            model_name='desksettings',
            name='support_exports',
            field=models.BooleanField(db_default=True, default=True, help_text='Everybody in Support may export lists of cases as CSV; not ticked, only supervisors and administrators (V3).', verbose_name='all of Support exports lists'),
        ),
    ]
