from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0013_managing"),
    ]

    operations = []
