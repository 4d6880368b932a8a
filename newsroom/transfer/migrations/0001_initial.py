from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ImportRef",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source")),
                ("kind", models.CharField(max_length=20, verbose_name="kind")),
                ("old_id", models.CharField(max_length=200, verbose_name="id there")),
                ("guid", models.CharField(blank=True, max_length=255)),
                ("object_id", models.BigIntegerField(null=True, verbose_name="id here")),
                ("checksum", models.CharField(blank=True, max_length=64)),
                ("left_as", models.CharField(blank=True, max_length=64)),
                ("url", models.CharField(blank=True, max_length=300)),
                ("facts", models.JSONField(default=dict)),
                ("imported_at", models.DateTimeField(auto_now=True, verbose_name="imported")),
            ],
            options={
                "verbose_name": "imported item",
                "verbose_name_plural": "imported items",
                "default_permissions": (),
                "indexes": [models.Index(fields=["source", "kind", "url"], name="imported_from_url")],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "kind", "old_id", "guid"), name="imported_once")
                ],
            },
        ),
    ]
