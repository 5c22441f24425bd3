import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0018_rule_books"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField(max_length=2000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="forum.case",
                    ),
                ),
                (
                    "complaint",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="forum.complaint",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("case__isnull", False), ("complaint", None)),
                            models.Q(("case", None), ("complaint__isnull", False)),
                            _connector="OR",
                        ),
                        name="one_thing_a_note",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=[("pl", "Polish"), ("en", "English"), ("de", "German"), ("uk", "Ukrainian")],
                        max_length=5,
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=1000)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forum.community",
                    ),
                ),
            ],
            options={
                "ordering": ["language", "title", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("community", "language", "title"), name="one_saved_reply_a_title"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("community", None)),
                        fields=("language", "title"),
                        name="one_saved_reply_of_the_site",
                    ),
                ],
            },
        ),
    ]
