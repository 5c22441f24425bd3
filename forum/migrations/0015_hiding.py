import django.db.models.deletion
from django.db import migrations, models

AT_ONCE = 500


def keep_words(apps, schema_editor):
    """What was written before. The rule of today: it is only ever compared with what the same rule makes."""
    from forum.threads.hiding.sameness import digest_of

    words, rows = apps.get_model("forum", "PostWords"), []
    for pk, html in apps.get_model("forum", "Post").objects.values_list("pk", "html").iterator(AT_ONCE):
        if digest := digest_of(html):
            rows.append(words(post_id=pk, digest=digest))
        if len(rows) == AT_ONCE:
            words.objects.bulk_create(rows)
            rows = []
    words.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0014_moving"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostWords",
            fields=[
                ("post", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="evened", serialize=False, to="forum.post")),
                ("digest", models.CharField(db_index=True, help_text="SHA-256, hex", max_length=64)),
            ],
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
    ]
