import re
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_QUOTED = re.compile(r'data-quote="([0-9]{1,18})')


def find_quotes(apps: Any, _schema_editor: Any) -> None:
    """Of the texts that stand already."""
    post_model, quote_model = apps.get_model("forum", "Post"), apps.get_model("forum", "PostQuote")
    quoting = post_model.objects.filter(html__contains='data-quote="').values_list("pk", "html")
    for pk, html in quoting.iterator():
        wanted = {int(found) for found in _QUOTED.findall(html)}
        there = post_model.objects.filter(pk__in=wanted).values_list("pk", flat=True)
        quote_model.objects.bulk_create([quote_model(post_id=pk, source_id=source) for source in there])


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="PostQuote",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotes", to="forum.post"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quoted_in", to="forum.post"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "source"), name="one_quote_of_a_post")],
            },
        ),
        migrations.RunPython(find_quotes, migrations.RunPython.noop),
    ]
