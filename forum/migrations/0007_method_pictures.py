from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("forum", "0006_card_wishes")]

    operations = []
