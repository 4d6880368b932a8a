import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="FailedStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.CharField(max_length=60, verbose_name="step")),
                ("subject", models.CharField(blank=True, max_length=60, verbose_name="subject")),
                (
                    "since",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="failing since"),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("due", models.DateTimeField(default=django.utils.timezone.now, verbose_name="next attempt")),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
            ],
            options={
                "verbose_name": "failed step",
                "verbose_name_plural": "failed steps",
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(fields=("step", "subject"), name="one_row_a_failure")
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("task", models.CharField(max_length=200, verbose_name="task")),
                ("arguments", models.JSONField(default=list, verbose_name="arguments")),
                ("keywords", models.JSONField(default=dict, verbose_name="named arguments")),
                ("queue", models.CharField(max_length=250, verbose_name="queue")),
                ("bundle", models.TextField(blank=True, default="")),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("since", models.DateTimeField(verbose_name="waiting since")),
                ("due", models.DateTimeField(verbose_name="next attempt")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("problem", models.TextField(blank=True, verbose_name="problem")),
                ("failed", models.BooleanField(default=False, verbose_name="given up")),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(condition=models.Q(("failed", False)), fields=["due"], name="jobs_due"),
                    models.Index(fields=["queue", "due"], name="jobs_in_line"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Purge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("keys", models.TextField(verbose_name="keys")),
                ("at", models.DateTimeField(null=True, verbose_name="from")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("transaction", models.BigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "purge",
                "verbose_name_plural": "purges",
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["transaction", "id"], name="purges_in_order"),
                    models.Index(
                        condition=models.Q(("at__isnull", False)), fields=["at"], name="purges_by_date"
                    ),
                    models.Index(fields=["written_at"], name="purges_by_age"),
                ],
            },
        ),
    ]
