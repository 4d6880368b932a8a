"""Which version of ours a text was rendered by: what has been so far was by the first."""

from django.db import migrations, models


def version(default):
    return models.PositiveSmallIntegerField(default=default, editable=False)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_days")]
    operations = [
        migrations.AddField("article", "rendered_version", version(1)),
        migrations.AddField("page", "rendered_version", version(1)),
        migrations.AlterField("article", "rendered_version", version(0)),
        migrations.AlterField("page", "rendered_version", version(0)),
    ]
