"""Days and how many stories appeared on each, counted once."""

from django.db import migrations, models
from django.db.models import Count, Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone


def count(apps, schema_editor):
    stories = apps.get_model("articles", "Article").objects.filter(state="published", canonical_url="")
    live, ahead = Q(publish_at__lte=timezone.now()), Q(publish_at__gt=timezone.now())
    counted = (
        stories.order_by()
        .values("published_on")
        .annotate(
            stories=Count("pk", filter=live),
            changed_at=Max(Coalesce("updated_at", "publish_at"), filter=live),
            true_until=Min("publish_at", filter=ahead),
        )
    )
    day = apps.get_model("articles", "Day")
    days = (
        day(day=on, month=on.replace(day=1), **facts)
        for on, facts in ((f.pop("published_on"), f) for f in counted)
    )
    day.objects.bulk_create(days, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_places_in_lists")]
    operations = [
        migrations.CreateModel(
            name="Day",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("stories", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
                ("true_until", models.DateTimeField(null=True)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
