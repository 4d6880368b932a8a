"""Which pictures each story's text names, taken down as it has been so far."""

import re
from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

AT_ONCE = 1000
NAMED = re.compile(r"image:([0-9]{1,18})")


def take_down(apps, _schema_editor):
    article, figure, image = (apps.get_model("articles", name) for name in ("Article", "Figure", "Image"))
    there = set(image.objects.values_list("pk", flat=True))
    texts = article.objects.filter(body__contains="image:").order_by().values_list("pk", "body").iterator()
    figures = (
        figure(article_id=pk, image_id=number)
        for pk, body in texts
        for number in {int(found) for found in NAMED.findall(body)} & there
    )
    while some := list(islice(figures, AT_ONCE)):
        figure.objects.bulk_create(some)


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_fronts_from_indexes")]
    operations = [
        migrations.CreateModel(
            "Figure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        "articles.article", django.db.models.deletion.CASCADE, related_name="figures"
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        "articles.image",
                        django.db.models.deletion.PROTECT,
                        related_name="figures",
                        db_index=False,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["image", "article"], name="one_figure_per_text")
                ]
            },
        ),
        migrations.RunPython(take_down, migrations.RunPython.noop, elidable=True),
    ]
