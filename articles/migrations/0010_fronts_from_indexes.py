"""The front page places stories by what two indexes say of them: no row of the archive is looked up for it."""

from django.db import migrations, models

LIVE = models.Q(state="published")
PLACED = ["kind", "picture", "state"]


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_desk_by_kind")]
    operations = [
        migrations.RemoveIndex("article", "live_newest_first"),
        migrations.RemoveIndex("article", "live_in_section"),
        migrations.AddIndex(
            "article",
            models.Index(
                fields=["-publish_at", "-id", "section", *PLACED], name="live_newest_first", condition=LIVE
            ),
        ),
        migrations.AddIndex(
            "article",
            models.Index(
                fields=["section", "-publish_at", "-id", *PLACED], name="live_in_section", condition=LIVE
            ),
        ),
    ]
