import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0005_post_methods"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CardWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("yes", "yes, and name me"), ("no", "no")], max_length=3
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="card_wishes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="card_wishes", to="forum.post"
                    ),
                ),
            ],
            options={"verbose_name_plural": "card wishes"},
        ),
        migrations.CreateModel(
            name="CardSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("credit_name", models.CharField(blank=True, max_length=200)),
                ("credit_role", models.CharField(blank=True, max_length=200)),
                (
                    "method",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="source", to="forum.method"
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cards",
                        to="forum.post",
                    ),
                ),
                (
                    "wish",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="use",
                        to="forum.cardwish",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="cardwish",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answer", "")), fields=("post", "member"), name="one_waiting_wish"
            ),
        ),
    ]
