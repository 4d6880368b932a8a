import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reader",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.CharField(max_length=254, unique=True, verbose_name="e-mail")),
                (
                    "first_seen",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="first seen"),
                ),
                ("approved", models.PositiveIntegerField(default=0, verbose_name="approved")),
                ("rejected", models.PositiveIntegerField(default=0, verbose_name="rejected")),
                ("spam", models.PositiveIntegerField(default=0, verbose_name="spam")),
            ],
            options={
                "verbose_name": "reader",
                "verbose_name_plural": "readers",
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Thread",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("last_number", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "conversation",
                "verbose_name_plural": "conversations",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("spam", "Spam"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("text", models.TextField(verbose_name="words")),
                ("html", models.TextField(editable=False)),
                ("rendered_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="received"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("place", models.CharField(editable=False, max_length=56)),
                ("depth", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("key", models.CharField(editable=False, max_length=120, null=True, unique=True)),
                ("ip_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("network_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "contributor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="articles.contributor",
                        verbose_name="staff",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="comments.comment",
                        verbose_name="in reply to",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="comments.reader",
                        verbose_name="reader",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="comments.thread",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "permissions": [("moderate_comment", "Can approve, reject and hold comments")],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                (
                    "start",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pending", "Waiting"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("spam", "Spam"),
                        ],
                        max_length=12,
                        verbose_name="from",
                    ),
                ),
                (
                    "end",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("spam", "Spam"),
                        ],
                        max_length=12,
                        verbose_name="to",
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
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("screen", models.CharField(max_length=20, verbose_name="screen")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("note", "Worth knowing"), ("hold", "Held"), ("spam", "Taken for spam")],
                        max_length=4,
                        verbose_name="verdict",
                    ),
                ),
                ("detail", models.CharField(max_length=300, verbose_name="what was found")),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HouseRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "open",
                    models.BooleanField(
                        default=True,
                        help_text="Off closes every conversation at once; what has been said stays.",
                        verbose_name="readers may comment",
                    ),
                ),
                (
                    "close_after_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Counted from the article's publication. Empty: never. An article may have its own number.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="conversations close after (days)",
                    ),
                ),
                (
                    "trust_after",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="How many approved comments a reader needs before the next ones appear at once. 0: everything is held until a moderator has read it.",
                        verbose_name="trust readers after (approved comments)",
                    ),
                ),
                (
                    "most_links",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Comments with more are always held.",
                        verbose_name="links a comment may hold",
                    ),
                ),
                (
                    "held_words",
                    models.TextField(
                        blank=True,
                        help_text="One word or phrase a line. Whole words, in capitals or not; the name is searched too.",
                        max_length=20000,
                        verbose_name="words that hold a comment",
                    ),
                ),
                (
                    "spam_words",
                    models.TextField(
                        blank=True,
                        help_text="One word or phrase a line.",
                        max_length=20000,
                        verbose_name="words that mark a comment as spam",
                    ),
                ),
                (
                    "guidelines",
                    models.TextField(
                        blank=True,
                        help_text="Plain text, shown beside the comment form. A blank line begins a new paragraph.",
                        max_length=5000,
                        verbose_name="what we ask of readers",
                    ),
                ),
            ],
            options={
                "verbose_name": "house rules",
                "verbose_name_plural": "house rules",
                "abstract": False,
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="only_one_houserules")
                ],
            },
        ),
        migrations.CreateModel(
            name="Lead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paragraph", models.TextField(blank=True, verbose_name="paragraph")),
                ("text", models.TextField(verbose_name="what is wrong")),
                ("name", models.CharField(blank=True, max_length=254, verbose_name="name")),
                ("email", models.CharField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("taken", "Taken"),
                            ("corrected", "Corrected"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="new",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="received"),
                ),
                ("key", models.CharField(editable=False, max_length=120, null=True, unique=True)),
                ("ip_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("network_hash", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "comment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lead",
                        to="comments.comment",
                        verbose_name="comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "lead",
                "verbose_name_plural": "leads",
                "permissions": [("handle_lead", "Can take and dismiss what readers report")],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="LeadEvent",
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
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="comments.lead"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["state", "received_at", "id"], name="leads_by_state"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["ip_hash", "received_at"], name="leads_from_address"),
        ),
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["network_hash", "received_at"], name="leads_from_network"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("state", "approved")), fields=["thread", "place"], name="approved_as_read"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("state", "pending")),
                fields=["received_at", "id"],
                name="comments_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["state", "received_at"], name="comments_by_state"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["received_at"], name="comments_lately"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("ip_hash", ""), _negated=True),
                fields=["ip_hash", "received_at"],
                name="comments_from_address",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("network_hash", ""), _negated=True),
                fields=["network_hash", "received_at"],
                name="comments_from_network",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["thread", "received_at"], name="comments_lately_in_thread"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["fingerprint", "received_at"], name="comments_alike"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["reader", "state"], name="comments_of_reader"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(fields=("thread", "place"), name="one_comment_a_place"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(fields=("thread", "number"), name="comment_numbered_once"),
        ),
    ]
