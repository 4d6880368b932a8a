"""Chapter: what editors wrote. The row is what readers see; a revision is what an editor wrote (law 1)."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from articles import permissions, search
from articles.models.contributors import Byline, Contributor
from articles.models.errors import NotAllowed, NotReady
from articles.models.images import Figure, Image
from articles.models.moves import APPROVED, PUBLISHED, WITHDRAWN
from articles.models.rendering import RenderedText
from articles.models.sections import Section
from articles.models.tags import Tag, TaggedArticle, tidy
from articles.models.versions import Version, Versioned
from articles.paths import slug_from
from newsroom.foundations.text import printable

if TYPE_CHECKING:
    from articles.models.article import Article
    from newsroom.models import User

# What an editor writes about an article, and so what a revision holds.
WORDS = (
    "kind kicker headline short_headline slug standfirst body dateline picture_caption picture_alt seo_title "
    "seo_description canonical_url comment_policy comments_close_after"
).split()
CONTENT = (*WORDS, "section", "picture", "bylines", "tags")
TEXTS = (  # of these, what two people wrote can be merged by words
    "kicker headline short_headline standfirst body dateline picture_caption picture_alt seo_title seo_description"
).split()
FIRST = 1  # the number of the revision an article is started with


class Revision(Version):
    """One row is the whole article as one person saved it at one moment. Append-only; numbered from 1."""

    holds = CONTENT

    article = models.ForeignKey("articles.Article", models.PROTECT, related_name="revisions")
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+"
    )  # it was made from this one

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_numbered_once")]

    @property
    def headline(self) -> str:
        return str(self.content.get("headline", ""))

    def common_with(self, other: "Revision") -> "Revision | None":
        """The last revision out of which both were made; one of the two, if it led to the other. Two queries."""
        made_from = dict(Revision.objects.filter(article=self.article_id).values_list("pk", "based_on"))
        own: set[int] = {self.pk}
        step: int | None = self.pk
        while step and (step := made_from.get(step)):
            own.add(step)
        found: int | None = other.pk
        while found and found not in own:
            found = made_from.get(found)
        return Revision.objects.filter(pk=found).first()


def stored(fields: dict[str, Any]) -> dict[str, Any]:
    """Content as a revision keeps it: plain JSON, rows by their keys."""
    unknown = set(fields) - set(CONTENT)
    if unknown:
        raise TypeError(f"A revision does not hold {', '.join(sorted(unknown))}.")
    return {name: _stored(name, value) for name, value in fields.items()}


def _stored(name: str, value: Any) -> Any:
    if name in {"section", "picture"}:
        return value.pk if isinstance(value, models.Model) else value
    if name == "bylines":
        return [[getattr(who, "pk", who), str(role)] for who, role in value]
    if name == "tags":
        return list(dict.fromkeys(tidy(str(tag)) for tag in value if tidy(str(tag))))
    return printable(value).replace("\r\n", "\n") if isinstance(value, str) else value


class StoredOnly(models.QuerySet[Any]):
    """Many rows at once go around save(), and store no working copy either."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        return super().bulk_create(stored_only(objs), *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> int:
        return super().bulk_update(stored_only(objs), *args, **kwargs)


def stored_only(articles: Iterable[Any]) -> list[Any]:
    found = list(articles)
    for article in found:
        article._require_stored()
    return found


class Revised(Versioned, RenderedText):
    """Chapter: revise, adopt, working copy."""

    adopted = models.ForeignKey(
        "articles.Revision", models.PROTECT, null=True, related_name="+", editable=False
    )

    _known_latest: Revision | None = (
        None  # set where many articles are looked at, and forgotten under the lock
    )

    class Meta:
        abstract = True

    # Questions

    @property
    def has_unpublished_words(self: "Article") -> bool:
        """Does the latest revision say anything that the adopted one does not?"""
        if self.adopted is None:
            return True
        latest = self._known_latest or self.latest_revision
        return latest != self.adopted and latest.content != self.adopted.content

    def working_copy(self: "Article", revision: Revision | None = None) -> "Article":
        """The article as its latest revision (or the one given) would show it: an unsaved stand-in for preview.

        It cannot be saved, and takes no verb. Raises NotReady when the text breaks a limit.
        """
        copy = self.as_written(revision)
        copy._render()
        return copy

    def as_written(self: "Article", revision: Revision | None = None) -> "Article":
        """The working copy without its text laid out: what a form starts from."""
        content = (revision or self.latest_revision).content
        copy = type(self)(
            **{field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
        )
        copy._state.adding, copy.is_working_copy = False, True
        copy._show(content)
        copy._credits = credited(content, copy)
        copy._tags = Tag.objects.meant_by(*content.get("tags", ()))
        return copy

    @classmethod
    def unwritten(cls: type["Article"], *, by: "User") -> "Article":
        """A blank sheet: an unsaved article, signed by the person about to write it if readers know them."""
        article = cls(started_by=by)
        article.is_working_copy = True
        signed = Contributor.objects.select_related("portrait").filter(user=by)
        article._credits = [Byline(article=article, contributor=contributor) for contributor in signed]
        article._tags = []
        return article

    # Verbs

    @classmethod
    def start(cls: type["Article"], *, by: "User | None", note: str = "", **fields: Any) -> "Article":
        """Open a new article with its first revision."""
        if by is not None and not by.has_perm("articles.add_article"):
            raise NotAllowed(_("You may not start articles."))
        with transaction.atomic():
            article = cls(started_by=by, section_id=stored(fields)["section"])
            article.save()
            article._write(stored(article._blank() | fields), by=by, note=note)
        return article

    def revise(
        self: "Article",
        *,
        by: "User | None",
        based_on: int | None = None,
        made_from: Revision | None = None,
        note: str = "",
        **fields: Any,
    ) -> Revision:
        """Save what an editor wrote as the next revision. What readers see of a live article does not change.

        `based_on` is the number of the revision the editor had before them: raises Conflict when another has been
        saved since. Nothing is written when nothing changed. An approved article goes back to review, unless its
        editor may publish. `made_from` is the revision that the fields change, where it is not the latest.
        """
        with transaction.atomic():
            self._lock()
            if by is not None and not permissions.may(by, "change", self):
                raise NotAllowed(_("You may not change this article."))
            latest: Revision = self._require_latest(based_on)
            before = made_from or latest
            content = before.content | stored(fields)
            if content == before.content:
                return before
            written = self._write(content, by=by, note=note, based_on=before)
            self._take_approval_back(written, by)
            return written

    def adopt(self: "Article", revision: Revision, *, known_by: str = "") -> None:
        """Make the revision the row: its words, credits and tags, its body rendered. Raises NotReady, UrlTaken.

        `known_by` is the slug readers have known it by, which leads here for ever.
        """
        self._require_stored()
        self._show(revision.content)
        self._require_readable()
        self._require_free_url()
        self._keep_former_slug(known_by)
        self._render()
        self._file_relations(revision.content)
        self.adopted = revision

    # How

    def _adopt_nothing(self) -> None:
        """No revision is before readers, or will be by itself."""
        self.adopted = None

    def _blank(self: "Article") -> dict[str, Any]:
        """The content of an article nobody has written yet."""
        return {name: getattr(self, name) for name in WORDS} | {"picture": None, "bylines": [], "tags": []}

    def _write(
        self: "Article",
        content: dict[str, Any],
        *,
        by: "User | None",
        note: str,
        based_on: Revision | None = None,
    ) -> Revision:
        content["slug"] = content["slug"] or slug_from(content["headline"], fallback=f"story-{self.pk}")
        revision = Revision(
            article_id=self.pk,
            number=self._next_number(),
            content=content,
            by=by,
            note=note,
            based_on=based_on,
        )
        revision.save()
        if self.state not in {PUBLISHED, WITHDRAWN}:
            self._show_as_written(revision)
            self.save()
            search.index(self)
        return revision

    def _take_approval_back(self: "Article", written: Revision, by: "User | None") -> None:
        """Nobody who may publish has read what was written since the approval."""
        if self.state == APPROVED and not (by and permissions.may(by, "publish", self)):
            reason = _("%s was approved, and has been changed since.") % self.approved
            self.reopen(by=by, expected=written, reason=reason)

    def _show_as_written(self: "Article", revision: Revision) -> None:
        """Before it is published, the row shows what was written last."""
        self._show(revision.content)
        self._file_relations(revision.content)

    def _show(self: "Article", content: dict[str, Any]) -> None:
        for name in WORDS:
            setattr(self, name, content.get(name, getattr(self, name)))
        if Section.objects.filter(pk=content["section"]).exists():
            self.section_id = content["section"]
        self.picture_id = Image.objects.filter(pk=content.get("picture")).values_list("pk", flat=True).first()

    def _require_readable(self: "Article") -> None:
        if not self.headline.strip():
            raise NotReady(_("Readers need a headline."))
        if not self.body.strip():
            raise NotReady(_("There is no text to publish yet."))

    def _file_relations(self: "Article", content: dict[str, Any]) -> None:
        bylines, tags = credited(content, self), Tag.objects.named(*content.get("tags", ()))
        Byline.objects.filter(article=self.pk).delete()
        Byline.objects.bulk_create(bylines)
        TaggedArticle.objects.filter(content_object=self.pk).delete()
        TaggedArticle.objects.bulk_create(TaggedArticle(tag=tag, content_object=self) for tag in tags)
        Figure.file(self)
        self.__dict__.pop("_prefetched_objects_cache", None)
        self.store_facts(bylines, tags)


def credited(content: dict[str, Any], article: "Article") -> list[Byline]:
    """The bylines a revision names, unsaved, in order; people deleted since are left out."""
    lines: Sequence[tuple[int, str]] = [(pk, role) for pk, role in content.get("bylines", ())]
    people = Contributor.objects.select_related("portrait").in_bulk([pk for pk, _role in lines])
    return [
        Byline(article=article, contributor=people[pk], role=role, order=order)
        for order, (pk, role) in enumerate(dict.fromkeys(lines))
        if pk in people
    ]
