"""The sheet an article is written on: the form in the order a journalist writes, and the rows of its bylines."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.pickers import Picker
from articles.admin.picture_choosing import named
from articles.admin.taxonomy.sections import SectionChoice
from articles.models import Article, Byline, Contributor, Image, Revision
from articles.models.revisions import WORDS, stored
from articles.models.tags import tidy
from articles.paths import slug_from
from newsroom.foundations import markup

WRITTEN = [*WORDS, "section", "picture"]
SHOWN_AS_TYPED = "kicker headline standfirst body dateline picture_caption picture_alt".split()
MOST_TAGS = 30
HELP = {
    "kind": gettext_lazy("News reports; the other kinds are named above the headline, so that readers know."),
    "kicker": gettext_lazy("A word or three above the headline: “Trade talks”. May stay empty."),
    "headline": gettext_lazy("What happened, in one line. Everything else can wait; this cannot."),
    "standfirst": gettext_lazy(
        "One or two sentences under the headline: why it matters. Shown in lists too."
    ),
    "body": gettext_lazy("Leave an empty line between paragraphs. The buttons above put in the rest."),
    "picture": gettext_lazy("Type to search, or add a new one with the plus sign."),
    "picture_caption": gettext_lazy("Only if this story needs another caption than the picture's own."),
    "picture_alt": gettext_lazy(
        "Only if here the picture matters in another way than its own description says."
    ),
    "section": gettext_lazy("Where it is filed. It also appears in every section above."),
    "dateline": gettext_lazy("Where it was reported from: “Monterrey”. Leave empty if from the office."),
    "slug": gettext_lazy(
        "The end of its web address. Left empty, it is made from the headline. Old ones keep working."
    ),
    "short_headline": gettext_lazy(
        "For narrow places: “Latest” on the front page, and lists beside a story. Left empty, the headline is used."
    ),
    "seo_title": gettext_lazy("For search engines, if the headline alone would not be understood there."),
    "seo_description": gettext_lazy("For search engines. Left empty, the standfirst is used."),
    "canonical_url": gettext_lazy("For a story first published elsewhere: its address there."),
    "comments_close_after": gettext_lazy("Left empty, the house rules decide."),
}
ADVISED = {
    "headline": 70,
    "kicker": 25,
    "standfirst": 200,
    "short_headline": 45,
    "seo_title": 60,
    "seo_description": 155,
}


class BylineForm(forms.Form):
    """One credit: a person and what they did."""

    contributor = forms.ModelChoiceField(
        Contributor.objects.all(),
        required=False,
        label=gettext_lazy("Who"),
        widget=Picker(Byline._meta.get_field("contributor")),
    )
    role = forms.ChoiceField(label=gettext_lazy("Credit"), choices=Byline.Role)


BylineRows = forms.formset_factory(
    BylineForm, extra=1, can_order=True, can_delete=True, max_num=30, validate_max=True, absolute_max=60
)


class ArticleForm(forms.ModelForm):
    """Starts from a working copy, never from the row, and is saved by a verb: `content()` is what to hand it."""

    section = SectionChoice(label=gettext_lazy("Section"), help_text=HELP["section"])
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        required=False,
        max_length=2_000,
        help_text=gettext_lazy("What it is about, besides its section, with commas between: “Trade, Steel”."),
    )
    canonical_url = forms.URLField(
        label=gettext_lazy("First published at"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=HELP["canonical_url"],
    )
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)
    save_over = forms.IntegerField(required=False)

    class Meta:
        model = Article
        fields = [name for name in WRITTEN if name != "canonical_url"]
        help_texts = HELP
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 1}),
            "standfirst": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
            "seo_description": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, instance: Article, opened: Revision | None = None, **kwargs: Any) -> None:
        self.opened = opened  # the version that lay before the editor when they began to type
        kwargs["initial"] = {
            "tags": ", ".join(tag.name for tag in instance.tag_list()),
            "based_on": opened.number if opened else None,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, instance=instance, **kwargs)
        self.bylines = BylineRows(
            self.data if self.is_bound else None,
            prefix="bylines",
            initial=[{"contributor": line.contributor_id, "role": line.role} for line in instance.credits()],
        )
        self.warnings: list[str] = []
        self.fields["body"].strip = False  # an import's last line break is no change of the text
        for name, advised in ADVISED.items():
            self.fields[name].widget.attrs["data-advised"] = advised

    @property
    def media(self) -> forms.Media:
        return super().media + self.bylines.media

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.bylines.is_valid()])

    def clean_headline(self) -> str:
        """One line, however it was broken while writing."""
        return " ".join(self.cleaned_data["headline"].split())

    def clean_tags(self) -> list[str]:
        names = [name for name in map(tidy, self.cleaned_data["tags"].split(",")) if name]
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(_("At most %d tags: they should say what matters.") % MOST_TAGS)
        return names

    def clean_body(self) -> str:
        """Lay the text out as readers would get it, so that a limit it breaks is told here and not on publishing."""
        try:
            rendered = markup.article_html(self.cleaned_data["body"], pictures=Image.objects.figures)
        except markup.MarkupRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        self.warnings = list(rendered.warnings)
        return self.cleaned_data["body"]

    def clean_slug(self) -> str:
        """Until it has been published, a slug made from the headline follows the headline."""
        slug: str = self.cleaned_data["slug"]
        if not self.opened or self.instance.published_on:
            return slug
        made = slug_from(self.opened.content["headline"], fallback=f"story-{self.instance.pk}")
        return "" if slug == self.opened.content["slug"] == made else slug

    def content(self) -> dict[str, Any]:
        """What the editor wrote, as start() and revise() take it. Only of a valid form."""
        fields = {name: self.cleaned_data[name] for name in WRITTEN}
        return fields | {"bylines": self._credited(), "tags": self.cleaned_data["tags"]}

    def accepted(self, name: str, text: str) -> str:
        """This text as the field would take it, without what else stands in the form. Raises ValidationError."""
        self.cleaned_data[name] = self.fields[name].clean(text)
        further = getattr(self, f"clean_{name}", None)
        taken: str = further() if further else self.cleaned_data[name]
        return taken

    def draft(self) -> Revision:
        """What has been typed so far, valid or not, as a revision nobody saved: for the preview."""
        self.is_valid()
        typed = {name: self.data.get(name, "") for name in SHOWN_AS_TYPED}
        valid = {name: self.cleaned_data[name] for name in [*WRITTEN, "tags"] if name in self.cleaned_data}
        fields = {"section": None, "picture": None, **typed, **valid, "bylines": self._credited()}
        return Revision(content=stored(fields))

    def pictures_named(self) -> list[dict[str, Any]]:
        """The pictures the text names, in the order of their numbers. One query, however many."""
        return named(markup.pictures_named(str(self["body"].value() or "")))

    def expects(self) -> int | None:
        """The version this is meant to follow: the one it was opened on, or one the editor chose to save over."""
        return self.cleaned_data.get("save_over") or self.cleaned_data.get("based_on")

    def lock(self) -> None:
        """For reading only."""
        for field in [
            *self.fields.values(),
            *(field for row in self.bylines for field in row.fields.values()),
        ]:
            field.disabled = True

    def _credited(self) -> list[tuple[Contributor, str]]:
        rows = [row for row in self.bylines.forms if getattr(row, "cleaned_data", {}).get("contributor")]
        kept = [row.cleaned_data for row in rows if not row.cleaned_data.get("DELETE")]
        inorder = sorted(kept, key=lambda row: row.get("ORDER") or len(kept) + 1)
        return [(row["contributor"], row.get("role") or Byline.Role.BY) for row in inorder]
