from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0017_decisions"),
    ]

    operations = []
