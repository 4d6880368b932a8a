"""The search table made anew: every story, by the moment readers may see it."""

from django.db import migrations

from articles import search
from articles.search import postgres, sqlite


def create(apps, schema_editor):
    schema_editor.execute("DROP TABLE articles_search")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgres.CREATE)
    else:
        schema_editor.execute(sqlite.CREATE)
        schema_editor.execute(sqlite.CREATE_PLACES)
    stories = apps.get_model("articles", "Article").objects.order_by("pk")
    search.index_all(stories.values_list("pk", flat=True).iterator())


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_search_places")


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_pictures_sizes")]
    operations = [migrations.RunPython(create, drop)]
