from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0018_rule_books"),
    ]

    operations = []
