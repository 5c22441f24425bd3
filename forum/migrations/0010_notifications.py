import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0009_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CommunityChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("everything", "Everything"),
                            ("concerns", "What concerns me"),
                            ("weekly", "Quietly"),
                            ("nothing", "Nothing"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.community"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["community", "level"], name="choices_of_community")],
                "constraints": [models.UniqueConstraint(fields=("member", "community"), name="one_choice_a_community")],
            },
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=12)),
                ("topic_id", models.BigIntegerField()),
                (
                    "how",
                    models.CharField(
                        choices=[("watch", "Watch"), ("direct", "Only what is said to me"), ("mute", "Mute")],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["topic", "topic_id", "how"], name="followers_of_topic")],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "topic", "topic_id"), name="one_following_a_topic")
                ],
            },
        ),
        migrations.CreateModel(
            name="Happening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                (
                    "topic",
                    models.CharField(help_text="what it is gathered under: thread, method, community …", max_length=12),
                ),
                ("topic_id", models.BigIntegerField()),
                ("about", models.BigIntegerField(default=0, help_text="the post, the try … itself")),
                ("more", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("told_to", models.BigIntegerField(default=0)),
                ("attempts", models.PositiveIntegerField(default=0, help_text="that failed")),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.community"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["due_at"], name="happenings_waiting"),
                    models.Index(fields=["kind", "about"], name="happenings_about"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.CharField(max_length=12)),
                ("topic_id", models.BigIntegerField()),
                ("told", models.JSONField(default=list)),
                ("older", models.JSONField(default=dict)),
                ("rings", models.BooleanField(default=True, help_text="counts on the bell")),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "community",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.community"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["topic", "topic_id", "member"], name="lines_of_topic"),
                    models.Index(fields=["member", "-last_at"], name="lines_of_member"),
                    models.Index(condition=models.Q(("read_at", None)), fields=["member"], name="lines_unread"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "topic", "topic_id"), name="one_line_a_topic")
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonMute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "muted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "muted"), name="one_mute_a_person")],
            },
        ),
    ]
