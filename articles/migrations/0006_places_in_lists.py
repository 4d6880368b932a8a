"""Credits and taggings keep the moment of their story: a person's and a topic's list is a walk down their own index."""

from django.db import migrations, models

PLACE = """
    UPDATE {table} SET live_at = (SELECT publish_at FROM articles_article WHERE id = {table}.{story})
    WHERE {story} IN (SELECT id FROM articles_article WHERE state = 'published')
"""


def place(table, story):
    sql = PLACE.format(table=table, story=story)
    return migrations.RunSQL(sql, migrations.RunSQL.noop)


def live_at():
    return models.DateTimeField(null=True, editable=False)


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_search_newest_first")]
    operations = [
        migrations.AddField("byline", "live_at", live_at()),
        migrations.AddField("taggedarticle", "live_at", live_at()),
        place("articles_byline", "article_id"),
        place("articles_taggedarticle", "content_object_id"),
        migrations.AddIndex(
            "byline",
            models.Index(
                fields=["contributor", "-live_at", "-article"],
                name="live_by_contributor",
                condition=models.Q(live_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "taggedarticle",
            models.Index(
                fields=["tag", "-live_at", "-content_object"],
                name="live_about_tag",
                condition=models.Q(live_at__isnull=False),
            ),
        ),
    ]
