"""Each picture remembers its renditions, so that showing it asks for none of them."""

from django.db import migrations, models


def remember(apps, schema_editor):
    images = apps.get_model("articles", "Image")
    for image in images.objects.prefetch_related("renditions").iterator(chunk_size=500):
        image.made = [[r.format, r.width, r.height, r.file.name] for r in image.renditions.all()]
        image.save(update_fields=["made"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_gathered")]
    operations = [
        migrations.AddField("image", "made", models.JSONField(default=list, editable=False)),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
