"""Pictures in the admin: upload with a clear refusal, thumbnails, and where each is used."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import renditions
from articles.admin.deleting import DeletedWithReason
from articles.admin.picture_choosing import Choosing, card, smallest
from articles.models import Article, Contributor, Image
from articles.models.status import clock
from articles.picture_files import without_leftovers
from newsroom.foundations.conflicts import TellsOfConflicts
from newsroom.foundations.db.capped_count import ShortPaginator

MOST_USES = 20


class ImageForm(forms.ModelForm):
    """What is known of a picture, and its file: read and rendered while the form can still say no."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP, AVIF or GIF. What the camera wrote about place and device is removed."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
    )

    class Meta:
        model = Image
        fields = ["file", "title", "alt", "decorative", "caption", "credit"]
        widgets = {"alt": forms.Textarea(attrs={"rows": 2}), "caption": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["file"].required = False
            self.fields["file"].label = _("Another file")
        self.content, self.made = b"", None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("file") and not self.errors:
            try:
                self.content = renditions.read(cleaned["file"])
                self.made = renditions.make(self.content)
            except renditions.PictureRefused as refusal:
                self.add_error("file", str(refusal))
        return cleaned


@admin.register(Image)
class ImageAdmin(DeletedWithReason, TellsOfConflicts, Choosing):
    form = ImageForm
    list_display = ["thumbnail", "title", "alt_shown", "credit", "size", "added"]
    list_display_links = ["thumbnail", "title"]
    list_per_page = 40
    paginator = ShortPaginator
    search_fields = ["title", "alt", "caption", "credit"]
    show_full_result_count = False
    readonly_fields = ["shown", "for_texts", "uses"]
    ordering = ["-pk"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*(["shown"] if obj else []), *ImageForm.Meta.fields, *(["for_texts", "uses"] if obj else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Image]:
        return Image.objects.all()

    def get_object(self, request: HttpRequest, *args: Any) -> Image | None:
        """With the person who asks, for what it says of articles is not for everybody."""
        image: Image | None = super().get_object(request, *args)
        if image:
            image.asked_by = request.user
        return image

    def get_urls(self) -> list[Any]:
        card = self.admin_site.admin_view(self.card_view)
        return [path("<int:pk>/card/", card, name="articles_image_card"), *super().get_urls()]

    def card_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """What the article's form shows beside the picker."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse(card(get_object_or_404(self.get_queryset(request), pk=pk)))

    def in_pickers(self, image: Image) -> dict[str, str]:
        return {"thumbnail": smallest(image), "credit": image.credit}

    def changeform_view(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django's transaction holds more than the picture: whatever fails in it, no file stays behind."""
        with without_leftovers():
            return super().changeform_view(*args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Image, form: ImageForm, change: bool) -> None:
        if form.made:
            obj.keep(form.content, form.made)
        else:
            obj.save()

    def in_the_way(self, image: Image) -> list[str]:
        count = Article.objects.illustrated_by(image).count()
        sentence = ngettext(
            "“%(title)s” is in use: by %(count)d article. Take it out there first.",
            "“%(title)s” is in use: by %(count)d articles. Take it out there first.",
            count,
        )
        articles = [sentence % {"title": image, "count": count}] if count else []
        standing = _("“%(title)s” stands on the page “%(page)s”. Take it out there first.")
        return [*articles, *(standing % {"title": image, "page": page} for page in image.pages())]

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, image: Image) -> str:
        small = '<img class="thumbnail" src="{}" alt="{}" loading="lazy">'
        return format_html(small, smallest(image), image.title)

    @admin.display(description=gettext_lazy("alternative text"))
    def alt_shown(self, image: Image) -> str:
        return _("(decorative)") if image.decorative else image.alt

    @admin.display(description=gettext_lazy("added"), ordering="pk")
    def added(self, image: Image) -> str:
        return clock(image.added_at)

    @admin.display(description=gettext_lazy("size"))
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description=gettext_lazy("picture"))
    def shown(self, image: Image) -> str:
        picture = image.fallback()
        return format_html(
            '<img class="picture-shown" src="{}" alt="{}" width="{}" height="{}">',
            picture.url,
            image.alt,
            picture.width,
            picture.height,
        )

    @admin.display(description=gettext_lazy("in a text"))
    def for_texts(self, image: Image) -> str:
        return format_html("<code>![{}](image:{})</code>", image.alt, image.pk)

    @admin.display(description=gettext_lazy("used by"))
    def uses(self, image: Image) -> str:
        """The newest articles it leads or whose text it stands in, as far as who asks may see them; how many there are
        besides; the pages, and those whose portrait it is."""
        illustrated = Article.objects.illustrated_by(image)
        articles = illustrated.visible_to(image.asked_by).order_by("-pk")[:MOST_USES]
        used = [
            *articles,
            *image.pages(),
            *Contributor.objects.filter(portrait=image)[:MOST_USES],
        ]
        others = illustrated.count() - len(articles)
        if not used and not others:
            return _("Nothing yet: no article, no page, nobody's portrait.")
        rows = ((change_url(one), one) for one in used)
        listed = format_html_join("", '<li><a href="{}">{}</a></li>', rows)
        sentence = ngettext("%d article not listed here", "%d articles not listed here", others) % others
        return format_html("<ul>{}{}</ul>", listed, format_html("<li>{}</li>", sentence) if others else "")


def change_url(row: Any) -> str:
    return reverse(f"admin:articles_{row._meta.model_name}_change", args=[row.pk])
