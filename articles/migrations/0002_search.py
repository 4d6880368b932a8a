"""The search table, as the database at hand makes one."""

from django.db import migrations

from articles.search import postgres, sqlite


def create(apps, schema_editor):
    schema_editor.execute({"postgresql": postgres, "sqlite": sqlite}[schema_editor.connection.vendor].CREATE)


def drop(apps, schema_editor):
    schema_editor.execute("DROP TABLE articles_search")


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
