from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0012_moderation"),
    ]

    operations = []
