import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def keep_cities(apps, schema_editor):
    """Where methods were tried, as forum.methods.cities keeps it from now on."""
    term, tried = apps.get_model("forum", "MethodTerm"), apps.get_model("forum", "Try")
    told = tried.objects.filter(withdrawal=None).exclude(city="").values_list("method_id", "city")
    found = {(method, " ".join(city.split()).casefold()): " ".join(city.split()) for method, city in told}
    term.objects.bulk_create(
        (term(method_id=method, field="tried_in", term=city) for (method, _), city in found.items() if city),
        batch_size=500,
    )
    if schema_editor.connection.vendor == "postgresql":  # constraints of the new tables follow
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ('forum', '0007_method_pictures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5)),
                ('number', models.PositiveIntegerField(default=1, help_text='the number of the present state')),
                ('title', models.CharField(max_length=300)),
                ('summary', models.TextField(blank=True)),
                ('method', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='forum.method')),
            ],
        ),
        migrations.CreateModel(
            name='TranslationRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('translation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='removal', to='forum.translation')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='TranslationState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('is_behind', models.BooleanField(default=False, help_text='made from a version that stayed where it was exported')),
                ('texts', models.JSONField(help_text='{spot: words}, see texts.spots; what is missing stands in the original')),
                ('html', models.TextField(blank=True, help_text='its free text, cleaned by forum.text')),
                ('text_version', models.PositiveSmallIntegerField(default=0)),
                ('role_line', models.CharField(blank=True, help_text="the translator's, as written", max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('is_by_machine', models.BooleanField(default=False, help_text='begun by a machine; `checked_by` has read it')),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('credited', models.JSONField(blank=True, default=dict, help_text='names it came with: translators, checked_by')),
                ('checked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(help_text='the version it was made from', on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='forum.methodversion')),
                ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='forum.translation')),
                ('translator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='translation',
            index=models.Index(fields=['language', 'method'], name='translations_by_language'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(fields=('method', 'language'), name='one_translation_a_language'),
        ),
        migrations.AddConstraint(
            model_name='translationstate',
            constraint=models.UniqueConstraint(fields=('translation', 'number'), name='one_state_a_number'),
        ),
        migrations.RunPython(keep_cities, migrations.RunPython.noop, elidable=True),
    ]
