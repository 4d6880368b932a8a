from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cache", models.CharField(max_length=200, verbose_name="cache")),
                ("topics", models.TextField(verbose_name="topics")),
                ("since", models.DateTimeField(verbose_name="from")),
                ("due", models.DateTimeField(verbose_name="due")),
                ("sent", models.BooleanField(default=False, verbose_name="told once")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("problem", models.CharField(blank=True, max_length=200, verbose_name="problem")),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "default_permissions": (),
                "indexes": [models.Index(fields=["cache", "due"], name="deliveries_due")],
            },
        ),
    ]
