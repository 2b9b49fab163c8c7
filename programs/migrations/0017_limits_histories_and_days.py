import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_names'),
        ('programs', '0016_guides_rubrics_and_moves'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AssessmentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('adopted', 'Adopted'), ('planned', 'Will be adopted'), ('partial', 'Partial'), ('limited', 'Regulatory limitation'), ('not_applicable', 'Not applicable'), ('not_viable', 'Not viable')], max_length=20, verbose_name='verdict')),
                ('excerpt', models.TextField(blank=True, verbose_name='passage that proves it')),
                ('source', models.TextField(blank=True, verbose_name='public source')),
                ('observation', models.TextField(blank=True, verbose_name='observation')),
                ('planned_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='edition that will adopt it')),
                ('norm', models.CharField(blank=True, max_length=250, verbose_name='norm that limits it')),
                ('article', models.CharField(blank=True, max_length=120, verbose_name='article of the norm')),
                ('last_day', models.DateField(blank=True, null=True, verbose_name='last day of the limitation')),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('recorded', 'Recorded from the report'), ('declared', 'Declared by the agency'), ('confirmed', 'Confirmed by planning'), ('contested', 'Contested by planning'), ('expired', 'The limitation expired')], max_length=20)),
                ('note', models.TextField(blank=True, verbose_name="planning's note")),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['edition', 'practice', 'number'],
            },
        ),
        migrations.CreateModel(
            name='HarmonyDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fiscal_year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                ('on', models.DateField(verbose_name='day')),
                ('adopted', models.PositiveIntegerField(verbose_name='practices adopted')),
                ('cells', models.PositiveIntegerField(verbose_name='practices that count')),
                ('counts', models.JSONField(default=dict)),
                ('verdicts', models.JSONField(blank=True, default=dict)),
                ('is_demo', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['fiscal_year', 'on', 'program__order'],
            },
        ),
        migrations.AddField(
            model_name='assessment',
            name='article',
            field=models.CharField(blank=True, max_length=120, verbose_name='article of the norm'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='expired_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='assessment',
            name='last_day',
            field=models.DateField(blank=True, null=True, verbose_name='last day of the limitation'),
        ),
        migrations.AddField(
            model_name='assessment',
            name='warned_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='assessmentversion',
            name='body',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.body'),
        ),
        migrations.AddField(
            model_name='assessmentversion',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='assessmentversion',
            name='clause',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.component', verbose_name='clause'),
        ),
        migrations.AddField(
            model_name='assessmentversion',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said_of_practices', to='programs.edition'),
        ),
        migrations.AddField(
            model_name='assessmentversion',
            name='practice',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said_of_editions', to='programs.practice'),
        ),
        migrations.AddField(
            model_name='harmonyday',
            name='program',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='harmony_days', to='programs.program'),
        ),
        migrations.AddConstraint(
            model_name='assessmentversion',
            constraint=models.UniqueConstraint(fields=('edition', 'practice', 'number'), name='assessment_version_numbered'),
        ),
        migrations.AddConstraint(
            model_name='assessmentversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'contested'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='assessment_version_contested_says_why'),
        ),
        migrations.AddConstraint(
            model_name='harmonyday',
            constraint=models.UniqueConstraint(condition=models.Q(('program__isnull', False)), fields=('program', 'fiscal_year', 'on'), name='harmony_day_once_a_program'),
        ),
        migrations.AddConstraint(
            model_name='harmonyday',
            constraint=models.UniqueConstraint(condition=models.Q(('program', None)), fields=('fiscal_year', 'on'), name='harmony_day_one_total'),
        ),
        migrations.AddConstraint(
            model_name='harmonyday',
            constraint=models.CheckConstraint(condition=models.Q(('adopted__lte', models.F('cells'))), name='harmony_day_adopts_no_more_than_there_is'),
        ),
    ]
