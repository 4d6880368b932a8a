"""A reader's comments are counted after each decision: of somebody who has written thousands, from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_rendered_version")]
    operations = [
        migrations.AddIndex("comment", models.Index(fields=["reader", "state"], name="comments_of_reader")),
    ]
