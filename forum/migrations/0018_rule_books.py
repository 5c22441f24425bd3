import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0017_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Order",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("authority", models.CharField(max_length=200)),
                ("reference", models.CharField(help_text="the authority's own number of it", max_length=120)),
                ("issued_on", models.DateField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "demand",
                    models.CharField(
                        choices=[
                            ("act", "to act against something illegal"),
                            ("tell", "to give information about somebody"),
                        ],
                        max_length=4,
                    ),
                ),
                ("demands", models.TextField(help_text="what it demands, in words", max_length=3000)),
                ("about", models.CharField(blank=True, help_text="an address here, or words", max_length=500)),
                (
                    "effect",
                    models.TextField(blank=True, help_text="what was done; empty while it waits", max_length=3000),
                ),
                ("effect_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="forum.community",
                    ),
                ),
                (
                    "effect_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("authority", "reference"), name="one_record_an_order"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", ""), ("effect_at", None)),
                            models.Q(models.Q(("effect", ""), _negated=True), ("effect_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_effect_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReporterStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "email",
                    models.EmailField(
                        blank=True, help_text="lower case; of somebody without an account", max_length=254
                    ),
                ),
                ("kind", models.CharField(choices=[("warning", "warned"), ("pause", "paused")], max_length=8)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(help_text="of a pause", null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="forum.report"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["email"], name="steps_of_an_address")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("member__isnull", False), models.Q(("email", ""), _negated=True), _connector="OR"
                        ),
                        name="a_step_is_somebodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "pause"), _negated=True), ("until__isnull", False), _connector="OR"
                        ),
                        name="a_pause_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrustedFlagger",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("address", models.CharField(blank=True, help_text="lower case; a domain with its @", max_length=254)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member__isnull", True), models.Q(("address", ""), _negated=True)),
                            models.Q(("address", ""), ("member__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_flagger_is_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("member__isnull", False)),
                        fields=("member",),
                        name="trusted_once_a_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), models.Q(("address", ""), _negated=True)),
                        fields=("address",),
                        name="trusted_once_an_address",
                    ),
                ],
            },
        ),
    ]
