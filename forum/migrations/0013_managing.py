import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0012_moderation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="lock",
            name="until",
            field=models.DateTimeField(blank=True, help_text="None: until somebody unlocks it", null=True),
        ),
        migrations.AddField(
            model_name="pin",
            name="scope",
            field=models.CharField(
                choices=[("section", "in its section"), ("community", "in the whole community")],
                default="community",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("source", models.TextField(blank=True, help_text="as written")),
                ("format", models.CharField(blank=True, max_length=10)),
                ("html", models.TextField(blank=True, help_text="cleaned by forum.text")),
                ("text_version", models.PositiveSmallIntegerField(default=0)),
                ("language", models.CharField(max_length=5)),
                (
                    "audience",
                    models.CharField(
                        choices=[("anyone", "anyone"), ("members", "members of the community")],
                        help_text="as written",
                        max_length=12,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forum.post",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="conclusions", to="forum.thread"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="thread",
            name="conclusion",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="forum.conclusion",
            ),
        ),
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("minutes", models.PositiveSmallIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pace", to="forum.thread"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="conclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("html", ""), ("post__isnull", False)),
                    models.Q(("post__isnull", True), models.Q(("html", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_post_or_words_of_its_own",
            ),
        ),
    ]
