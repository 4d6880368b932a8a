"""Which version of ours a comment was rendered by: what has been so far was by the first."""

from django.db import migrations, models


def version(default):
    return models.PositiveSmallIntegerField(default=default, editable=False)


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]
    operations = [
        migrations.AddField("comment", "rendered_version", version(1)),
        migrations.AlterField("comment", "rendered_version", version(0)),
    ]
