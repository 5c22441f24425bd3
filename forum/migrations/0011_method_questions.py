import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from forum.threads.naming import folded_name


def name_those_there(apps, _schema_editor):
    """Methods told before names were kept."""
    names = apps.get_model("forum", "MethodName")
    rows = list(apps.get_model("forum", "Method").objects.values_list("pk", "title"))
    names.objects.bulk_create((names(method_id=pk, folded=folded_name(title)) for pk, title in rows), batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('forum', '0010_notifications'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MethodName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(db_index=True, max_length=200)),
                ('method', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='name', to='forum.method')),
            ],
        ),
        migrations.CreateModel(
            name='QuestionMailStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='question_mail_stop', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='TryHiding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('hidden', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='hiding', to='forum.try')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MailedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(help_text='its Monday')),
                ('question', models.CharField(max_length=40)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mailed_questions', to='forum.method')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'week'), name='one_question_a_week'), models.UniqueConstraint(fields=('method', 'question', 'member'), name='asked_once_by_mail')],
            },
        ),
        migrations.CreateModel(
            name='PostName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(db_index=True, help_text='in small letters without their signs', max_length=200)),
                ('method', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='names_in_posts', to='forum.method')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='method_names', to='forum.post')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('post', 'folded'), name='one_name_a_post')],
            },
        ),
        migrations.CreateModel(
            name='SkippedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(help_text='the key of one of catalogue.QUESTIONS', max_length=40)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='skipped', to='forum.method')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('method', 'question', 'member'), name='one_skip_a_question')],
            },
        ),
        migrations.RunPython(name_those_there, migrations.RunPython.noop, elidable=True),
    ]
