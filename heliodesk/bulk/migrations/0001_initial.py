import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0009_merges_move_links'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=80)),
                ('act', models.CharField(choices=[('change_owner', 'Change owner'), ('take', 'Take'), ('close', 'Close'), ('set_priority', 'Set priority')], max_length=20)),
                ('arguments', models.JSONField(default=dict)),
                ('query', models.TextField(blank=True)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(db_default=0, default=0)),
                ('nothing', models.PositiveIntegerField(db_default=0, default=0)),
                ('refused', models.PositiveIntegerField(db_default=0, default=0)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('again_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bulk.bulkaction')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stopped_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BulkChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('case_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('finished_at', models.DateTimeField(null=True)),
                ('action', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='bulk.bulkaction')),
            ],
        ),
        migrations.CreateModel(
            name='BulkResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField()),
                ('outcome', models.CharField(choices=[('done', 'Done'), ('nothing', 'Nothing to do'), ('refused', 'Refused')], max_length=10)),
                ('code', models.CharField(blank=True, db_default='', max_length=60)),
                ('message', models.TextField(blank=True, db_default='')),
                ('rule', models.CharField(blank=True, db_default='', max_length=8)),
                ('at', models.DateTimeField()),
                ('action', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='results', to='bulk.bulkaction')),
                ('case', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(max_length=80)),
                ('query', models.TextField(blank=True)),
                ('columns', models.TextField(blank=True)),
                ('order', models.CharField(blank=True, max_length=60)),
                ('for_excel', models.BooleanField(default=False)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('rows', models.PositiveIntegerField(db_default=0, default=0)),
                ('size', models.BigIntegerField(db_default=0, default=0)),
                ('stored_as', models.CharField(blank=True, db_default='', max_length=200)),
                ('failed_because', models.CharField(blank=True, db_default='', max_length=300)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='bulkaction',
            index=models.Index(fields=['by', '-id'], name='bulk_action_by'),
        ),
        migrations.AddConstraint(
            model_name='bulkaction',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['change_owner', 'take', 'close', 'set_priority'])), name='bulk_act_is_known'),
        ),
        migrations.AddConstraint(
            model_name='bulkaction',
            constraint=models.CheckConstraint(condition=models.Q(('stopped_by', None), ('ended_at__isnull', False), _connector='OR'), name='bulk_stopped_has_ended'),
        ),
        migrations.AddConstraint(
            model_name='bulkchunk',
            constraint=models.UniqueConstraint(models.F('action'), models.F('position'), name='bulk_chunk_position'),
        ),
        migrations.AddIndex(
            model_name='bulkresult',
            index=models.Index(fields=['action', 'outcome', 'id'], name='bulk_result_of_action'),
        ),
        migrations.AddConstraint(
            model_name='bulkresult',
            constraint=models.UniqueConstraint(models.F('action'), models.F('case'), name='bulk_result_once_a_case'),
        ),
        migrations.AddConstraint(
            model_name='bulkresult',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'refused'), _negated=True), models.Q(models.Q(('message', ''), _negated=True), models.Q(('rule', ''), _negated=True)), _connector='OR'), name='bulk_refused_says_why'),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(fields=['by', '-id'], name='export_by'),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(condition=models.Q(('stored_as', ''), _negated=True), fields=['ended_at'], name='export_kept'),
        ),
    ]
