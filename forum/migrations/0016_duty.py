from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0015_hiding"),
    ]

    operations = []
