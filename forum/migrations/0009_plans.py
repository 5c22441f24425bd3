import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0008_translations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('readers', models.CharField(choices=[('planners', 'only those who plan'), ('members', 'members of the community'), ('anyone', 'anyone')], default='planners', max_length=12)),
                ('licence', models.CharField(choices=[('CC-BY-SA-4.0', 'Yes: others may change and reuse it if they name me and share alike'), ('CC-BY-NC-SA-4.0', 'Yes, but not for money'), ('read-only', 'No: it can be read here only'), ('CC-BY-4.0', 'Yes, in any way, if they name me'), ('CC0-1.0', 'Yes, in any way, without conditions')], max_length=20)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('revision', models.PositiveIntegerField(default=1, help_text='the number of the present one')),
                ('title', models.CharField(max_length=100)),
                ('language', models.CharField(max_length=5)),
                ('kind', models.CharField(choices=[('session', 'A session: with times, breaks and who does what'), ('playlist', 'A list of methods, with a sentence on each')], max_length=10)),
                ('day', models.DateField(blank=True, null=True)),
                ('submission', models.UUIDField(blank=True, null=True)),
                ('community', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='forum.community')),
                ('kept_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='forum.community')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(blank=True, help_text='it is a copy of', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='forum.plan')),
            ],
        ),
        migrations.CreateModel(
            name='PlanEditor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='plans_along', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editors', to='forum.plan')),
            ],
        ),
        migrations.CreateModel(
            name='PlanMethod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='in_plans', to='forum.method')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='forum.plan')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='in_plans', to='forum.methodversion')),
            ],
        ),
        migrations.CreateModel(
            name='PlanRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='removal', to='forum.plan')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField(help_text='Outline.to_json()')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='forum.plan')),
            ],
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['community', '-changed_at'], name='plans_of_community'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('owner', 'submission'), name='one_plan_a_submission'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('community', None), ('readers', 'planners')), models.Q(('community__isnull', False), ('readers__in', ['members', 'anyone'])), _connector='OR'), name='shown_plans_have_a_community'),
        ),
        migrations.AddConstraint(
            model_name='planeditor',
            constraint=models.UniqueConstraint(fields=('plan', 'member'), name='one_planner_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='planmethod',
            constraint=models.UniqueConstraint(fields=('plan', 'version'), name='one_version_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='planrevision',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='one_plan_revision_a_number'),
        ),
    ]
