from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("forum", "0005_post_methods")]

    operations = []
