"""The desk's list of one kind of article: a rare kind would be looked for in the whole archive."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_rendered_version")]
    operations = [
        migrations.AddIndex("article", models.Index(fields=["kind", "-id"], name="desk_by_kind")),
    ]
