import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import articles.models.cards
import articles.models.contributors
import articles.models.corrections
import articles.models.facts
import articles.models.images
import articles.models.slugs
from articles.search import postgres, sqlite


def create_search(apps, schema_editor):
    """The search table, as the database at hand makes one."""
    for statement in {"postgresql": postgres.TABLES, "sqlite": sqlite.TABLES}[
        schema_editor.connection.vendor
    ]:
        schema_editor.execute(statement)


def drop_search(apps, schema_editor):
    schema_editor.execute("DROP TABLE articles_search")
    schema_editor.execute("DROP TABLE IF EXISTS articles_search_places")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Day",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("month", models.DateField()),
                ("articles", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
                ("true_until", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FormerPath",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old_path",
                    models.CharField(
                        help_text="A path of this site, from the first slash: “/about-us/”.",
                        max_length=600,
                        unique=True,
                        verbose_name="redirect from",
                    ),
                ),
                (
                    "new_path",
                    models.CharField(
                        blank=True,
                        db_index=True,
                        help_text="A path, or a whole URL of another site. Left empty, readers are told that it is gone.",
                        max_length=600,
                        verbose_name="redirect to",
                    ),
                ),
            ],
            options={
                "verbose_name": "redirect",
                "verbose_name_plural": "redirects",
                "ordering": ["old_path"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                (
                    "slug",
                    articles.models.slugs.SlugField(
                        allow_unicode=True, max_length=100, unique=True, verbose_name="slug"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=200, unique=True)),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", articles.models.slugs.SlugField(allow_unicode=True, blank=True, max_length=120)),
                ("published_on", models.DateField(editable=False, null=True)),
                ("body_html", models.TextField(blank=True, editable=False)),
                ("body_text", models.TextField(blank=True, editable=False)),
                ("opening", models.CharField(blank=True, editable=False, max_length=200)),
                ("rendered_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("word_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="words")),
                ("publish_at", models.DateTimeField(editable=False, null=True, verbose_name="published")),
                ("updated_at", models.DateTimeField(editable=False, null=True, verbose_name="updated")),
                ("announced", models.BooleanField(default=False, editable=False)),
                ("replacement_at", models.DateTimeField(editable=False, null=True)),
                ("stored_corrections", models.JSONField(default=list, editable=False)),
                ("is_retracted", models.BooleanField(default=False, editable=False)),
                ("has_changes", models.BooleanField(default=False, editable=False)),
                ("changes_hidden", models.BooleanField(default=False, editable=False)),
                ("blocked", models.BooleanField(default=False, editable=False)),
                ("blocked_by", models.CharField(blank=True, editable=False, max_length=500)),
                ("embargo_until", models.DateTimeField(editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("withdrawn_reason", models.TextField(blank=True, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("news", "News"),
                            ("analysis", "Analysis"),
                            ("opinion", "Opinion"),
                            ("explainer", "Explainer"),
                            ("interview", "Interview"),
                            ("review", "Review"),
                            ("editorial", "Editorial"),
                        ],
                        default="news",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("kicker", models.CharField(blank=True, max_length=60, verbose_name="kicker")),
                ("headline", models.CharField(blank=True, max_length=200, verbose_name="headline")),
                (
                    "short_headline",
                    models.CharField(blank=True, max_length=90, verbose_name="short headline"),
                ),
                ("standfirst", models.TextField(blank=True, max_length=500, verbose_name="standfirst")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("dateline", models.CharField(blank=True, max_length=80, verbose_name="place")),
                ("picture_caption", models.CharField(blank=True, max_length=400, verbose_name="caption")),
                (
                    "picture_alt",
                    models.CharField(blank=True, max_length=250, verbose_name="alternative text"),
                ),
                (
                    "seo_title",
                    models.CharField(blank=True, max_length=120, verbose_name="title for search engines"),
                ),
                (
                    "seo_description",
                    models.CharField(
                        blank=True, max_length=320, verbose_name="description for search engines"
                    ),
                ),
                (
                    "canonical_url",
                    models.URLField(blank=True, max_length=500, verbose_name="first published at"),
                ),
                (
                    "comment_policy",
                    models.CharField(
                        choices=[
                            ("default", "As the house rules say"),
                            ("open", "Open"),
                            ("closed", "Closed"),
                        ],
                        default="default",
                        max_length=8,
                        verbose_name="comments",
                    ),
                ),
                (
                    "comments_close_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="comments close after (days)",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                ("stored_facts", models.JSONField(default=list, editable=False)),
                ("facts_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "started_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="started_articles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "permissions": [
                    ("submit_article", "Can submit articles to the desk"),
                    ("approve_article", "Can approve articles and send them back"),
                    ("publish_article", "Can publish, schedule and withdraw articles"),
                    ("lift_embargo", "Can lift an embargo"),
                    ("edit_any_article", "Can see and change articles of others"),
                ],
            },
            bases=(
                articles.models.cards.Shown,
                articles.models.facts.StoredFacts,
                articles.models.corrections.Corrected,
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("clarification", "Clarification"),
                            ("note", "Editor’s note"),
                            ("update", "Update"),
                            ("retraction", "Retraction"),
                        ],
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="note to readers")),
                ("html", models.TextField(editable=False)),
                ("rendered_version", models.PositiveSmallIntegerField(editable=False)),
                ("about", models.CharField(blank=True, max_length=300, verbose_name="what it corrects")),
                ("credit", models.CharField(blank=True, max_length=120, verbose_name="credit")),
                ("prompted_by", models.CharField(blank=True, editable=False, max_length=60)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="when")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="articles.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CorrectionTakenBack",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "correction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="articles.correction",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="For finding it again in the newsroom; readers never see it.",
                        max_length=160,
                        verbose_name="title",
                    ),
                ),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for people who cannot see it. Not the caption, not the file name.",
                        max_length=250,
                        verbose_name="alternative text",
                    ),
                ),
                (
                    "decorative",
                    models.BooleanField(
                        default=False,
                        help_text="The picture says nothing the text does not: screen readers skip it.",
                        verbose_name="decorative",
                    ),
                ),
                ("caption", models.CharField(blank=True, max_length=400, verbose_name="caption")),
                (
                    "credit",
                    models.CharField(
                        blank=True,
                        help_text="Whom to thank: “Photograph: Ana Beltrán”.",
                        max_length=160,
                        verbose_name="credit",
                    ),
                ),
                (
                    "original",
                    models.FileField(
                        editable=False,
                        storage=articles.models.images.originals,
                        upload_to="",
                        verbose_name="file",
                    ),
                ),
                ("width", models.PositiveIntegerField(editable=False, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, verbose_name="height")),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added")),
                ("made", models.JSONField(default=list, editable=False)),
            ],
            options={
                "verbose_name": "picture",
                "verbose_name_plural": "pictures",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decorative", True), models.Q(("alt", ""), _negated=True), _connector="OR"
                        ),
                        name="picture_has_alt_or_is_decorative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contributor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "slug",
                    articles.models.slugs.SlugField(
                        allow_unicode=True,
                        blank=True,
                        help_text="Its word in web addresses; made from the name when left empty. Should differ from any login name.",
                        max_length=80,
                        unique=True,
                        verbose_name="slug",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True, help_text="“Americas correspondent”", max_length=120, verbose_name="role"
                    ),
                ),
                (
                    "bio",
                    models.TextField(
                        blank=True,
                        help_text="Two or three sentences for readers, on their page.",
                        verbose_name="about",
                    ),
                ),
                (
                    "links",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[articles.models.contributors.check_links],
                        verbose_name="links",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        help_text="If this person writes here themselves.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributor",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="login",
                    ),
                ),
                (
                    "portrait",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.image",
                        verbose_name="portrait",
                    ),
                ),
            ],
            options={
                "verbose_name": "contributor",
                "verbose_name_plural": "contributors",
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="led_articles",
                to="articles.image",
                verbose_name="lead picture",
            ),
        ),
        migrations.CreateModel(
            name="PageRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="saved")),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["-number"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PictureSweep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begun_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="only_one_picture_sweep")
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("content", models.JSONField()),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="saved")),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="articles.article",
                    ),
                ),
                (
                    "based_on",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version",
                "verbose_name_plural": "versions",
                "ordering": ["-number"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=80, verbose_name="for whom")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("expires_at", models.DateTimeField(verbose_name="expires")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="last opened")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preview_links",
                        to="articles.article",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.revision",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "preview link",
                "verbose_name_plural": "preview links",
            },
        ),
        migrations.AddField(
            model_name="correction",
            name="revision",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.revision",
            ),
        ),
        migrations.CreateModel(
            name="ArticleEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=20, verbose_name="what")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("start", models.CharField(blank=True, max_length=12, verbose_name="from")),
                ("end", models.CharField(max_length=12, verbose_name="to")),
                ("takes_effect", models.DateTimeField(null=True, verbose_name="takes effect")),
                ("minor", models.BooleanField(default=False, verbose_name="minor change")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="articles.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "replaced",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
                (
                    "shown",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="article",
            name="adopted",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.revision",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="approved",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.revision",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="replacement",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="articles.revision",
            ),
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="As readers see it: “Americas”.", max_length=80, verbose_name="name"
                    ),
                ),
                (
                    "slug",
                    articles.models.slugs.SlugField(
                        allow_unicode=True,
                        help_text="Its word in web addresses: “americas”. Old addresses keep working when you change it.",
                        max_length=80,
                        verbose_name="slug",
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences under the section's name, and for search engines.",
                        verbose_name="description",
                    ),
                ),
                (
                    "order",
                    models.PositiveIntegerField(
                        default=100, help_text="Small numbers come first.", verbose_name="order"
                    ),
                ),
                ("path", models.CharField(editable=False, max_length=400, unique=True)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        help_text="The section this one belongs to. Leave empty for a main section.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="articles.section",
                        verbose_name="inside",
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["order", "name"],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="articles.section",
                verbose_name="section",
            ),
        ),
        migrations.CreateModel(
            name="StandingPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "slug",
                    articles.models.slugs.SlugField(
                        allow_unicode=True,
                        help_text="“standards” makes /standards/",
                        max_length=80,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("body", models.TextField(blank=True, help_text="Markdown.", verbose_name="text")),
                ("body_html", models.TextField(blank=True, editable=False)),
                ("opening", models.CharField(blank=True, editable=False, max_length=200)),
                ("rendered_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("in_footer", models.BooleanField(default=True, verbose_name="linked in the footer")),
                (
                    "order",
                    models.PositiveIntegerField(
                        default=100, help_text="Small numbers come first.", verbose_name="order"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="last changed")),
                (
                    "adopted",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.pagerevision",
                    ),
                ),
            ],
            options={
                "verbose_name": "page",
                "verbose_name_plural": "pages",
                "ordering": ["order", "title"],
            },
        ),
        migrations.AddField(
            model_name="pagerevision",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revisions",
                to="articles.standingpage",
            ),
        ),
        migrations.CreateModel(
            name="PageEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("verb", models.CharField(max_length=20, verbose_name="what")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("start", models.CharField(blank=True, max_length=12, verbose_name="from")),
                ("end", models.CharField(max_length=12, verbose_name="to")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.pagerevision",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="articles.standingpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FormerTagName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_names",
                        to="articles.tag",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaggedArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("live_at", models.DateTimeField(editable=False, null=True)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged",
                        to="articles.article",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tagged_articles",
                        to="articles.tag",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="article",
            name="tags",
            field=taggit.managers.TaggableManager(
                blank=True,
                help_text="A comma-separated list of tags.",
                through="articles.TaggedArticle",
                to="articles.Tag",
                verbose_name="Tags",
            ),
        ),
        migrations.CreateModel(
            name="TopLevelPath",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=80, unique=True)),
                (
                    "page",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.standingpage",
                    ),
                ),
                (
                    "section",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.section",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UnsavedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.JSONField(default=list)),
                ("window", models.CharField(max_length=40)),
                ("count", models.PositiveIntegerField(default=0)),
                ("based_on", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(db_index=True, verbose_name="saved on the server")),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsaved_texts",
                        to="articles.article",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Byline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("by", "By"),
                            ("with", "With"),
                            ("photographs", "Photographs by"),
                            ("translated", "Translated by"),
                        ],
                        default="by",
                        max_length=12,
                        verbose_name="credit",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("live_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bylines",
                        to="articles.article",
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bylines",
                        to="articles.contributor",
                        verbose_name="contributor",
                    ),
                ),
            ],
            options={
                "verbose_name": "byline",
                "verbose_name_plural": "bylines",
                "ordering": ["order", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("live_at__isnull", False)),
                        fields=["contributor", "-live_at", "-article"],
                        name="live_by_contributor",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "contributor", "role"), name="credited_once_per_role"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published_on", models.DateField()),
                ("slug", articles.models.slugs.SlugField(allow_unicode=True, max_length=120)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_slugs",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("published_on", "slug"), name="former_slug_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="articles.article",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="articles.image",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("image", "article"), name="one_figure_per_text")
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="open since")),
                ("seen_at", models.DateTimeField(db_index=True, verbose_name="last seen")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="articles.article",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("article", "person"), name="one_presence_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("format", models.CharField(choices=[("webp", "WebP"), ("jpeg", "JPEG")], max_length=4)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("file", models.FileField(max_length=120, upload_to="pictures")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renditions",
                        to="articles.image",
                    ),
                ),
            ],
            options={
                "ordering": ["width", "format"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("image", "format", "width"), name="one_rendition_per_size"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="revision_numbered_once"),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["-at", "-id"], name="corrections_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("pk")), _negated=True),
                name="section_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagerevision",
            constraint=models.UniqueConstraint(fields=("page", "number"), name="page_revision_numbered_once"),
        ),
        migrations.AddIndex(
            model_name="taggedarticle",
            index=models.Index(fields=["tag", "content_object"], name="articles_ta_tag_id_a26224_idx"),
        ),
        migrations.AddIndex(
            model_name="taggedarticle",
            index=models.Index(
                condition=models.Q(("live_at__isnull", False)),
                fields=["tag", "-live_at", "-content_object"],
                name="live_about_tag",
            ),
        ),
        migrations.AddConstraint(
            model_name="taggedarticle",
            constraint=models.UniqueConstraint(fields=("tag", "content_object"), name="article_tagged_once"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("state", "draft")), fields=["-id"], name="pile_draft"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("state", "in_review")), fields=["-id"], name="pile_in_review"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("state", "approved")), fields=["-id"], name="pile_approved"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("state", "withdrawn")), fields=["-id"], name="pile_withdrawn"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["-publish_at", "-id", "section", "kind", "picture", "state"],
                name="live_newest_first",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("state", "published")),
                fields=["section", "-publish_at", "-id", "kind", "picture", "state"],
                name="live_in_section",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["kind", "-id"], name="desk_by_kind"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("state", "published"), ("announced", False)),
                fields=["publish_at"],
                name="unannounced",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("replacement_at__isnull", False)),
                fields=["replacement_at"],
                name="replacements",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["facts_version"], name="article_facts_version"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("published_on__isnull", False)),
                fields=("published_on", "slug"),
                name="one_slug_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    models.Q(
                        ("adopted__isnull", False),
                        ("publish_at__isnull", False),
                        ("published_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="published_has_time_and_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), ("approved__isnull", False)),
                    models.Q(models.Q(("state", "approved"), _negated=True), ("approved__isnull", True)),
                    _connector="OR",
                ),
                name="approval_names_its_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "published"), _negated=True),
                    ("embargo_until__isnull", True),
                    ("publish_at__gte", models.F("embargo_until")),
                    _connector="OR",
                ),
                name="embargo_ends_before_publication",
            ),
        ),
        migrations.AddConstraint(
            model_name="toplevelpath",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("page__isnull", False), ("section__isnull", True)),
                    models.Q(("page__isnull", True), ("section__isnull", False)),
                    _connector="OR",
                ),
                name="top_level_path_of_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="unsavedtext",
            constraint=models.UniqueConstraint(
                fields=("article", "person", "window"), name="one_unsaved_text_a_window"
            ),
        ),
        migrations.AddConstraint(
            model_name="unsavedtext",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article__isnull", True)),
                fields=("person", "window"),
                name="one_unsaved_new_text_a_window",
            ),
        ),
        migrations.RunPython(create_search, drop_search),
    ]
