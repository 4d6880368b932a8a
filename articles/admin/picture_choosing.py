"""Chapter of the pictures: choosing one while writing, and adding one without leaving the story."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.admin.pickers import key_in
from articles.models import Image
from articles.picture_files import without_leftovers
from newsroom.foundations.markup.from_html.literal import escaped

OFFERED = 24
MOST_NUMBERS = 200
LONGEST_SEARCH = 200
TITLE = 160  # letters


class Choosing(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("choose/", view(require_safe(self.choose_view)), name="articles_image_choose"),
            path("upload/", view(require_POST(self.upload_view)), name="articles_image_upload"),
            *super().get_urls(),
        ]

    def choose_view(self, request: HttpRequest) -> JsonResponse:
        """The pictures of these `numbers`, or the newest that hold the words of `q`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pictures = self.get_queryset(request).order_by("-pk")
        if "numbers" in request.GET:
            numbers = {key_in(number) for number in request.GET["numbers"].split(",")[:MOST_NUMBERS]}
            return JsonResponse({"pictures": [card(image) for image in pictures.filter(pk__in=numbers)]})
        words = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\0", "")
        found, _twice = self.get_search_results(request, pictures, words)
        return JsonResponse({"pictures": [card(image) for image in found[:OFFERED]]})

    def upload_view(self, request: HttpRequest) -> JsonResponse:
        """The picture that was added; or, by field, why it was not. Its form's checks are those of its own page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        with without_leftovers(), transaction.atomic():
            form = self.get_form(request)(titled(request), request.FILES)
            if not form.is_valid():
                return JsonResponse({"errors": form.errors}, status=400)
            image = form.save(commit=False)
            self.save_model(request, image, form, change=False)
            self.log_addition(request, image, [{"added": {}}])
        return JsonResponse({"picture": card(image)}, status=201)


def titled(request: HttpRequest) -> dict[str, Any]:
    """What was filled in; a picture without a title is found again by what it shows, or by its file's name."""
    filled: dict[str, Any] = request.POST.dict()
    file = request.FILES.get("file")
    name = PurePath(file.name).stem if file and not isinstance(file, list) and file.name else ""
    if not filled.get("title", "").strip():
        filled["title"] = (filled.get("alt", "").strip() or name)[:TITLE]
    return filled


def smallest(image: Image) -> str:
    """The URL of its smallest rendition: big enough for any list here."""
    return image.sizes()[0].url


def card(image: Image) -> dict[str, Any]:
    """What the desk shows of a picture beside a story."""
    return {
        "number": image.pk,
        "title": image.title,
        "thumbnail": smallest(image),
        "alt": image.alt,
        "decorative": image.decorative,
        "caption": image.caption,
        "credit": image.credit,
        "size": f"{image.width} × {image.height}",
        "markdown": f"![{escaped(image.alt)}](image:{image.pk})",
        "line": in_words(image),
    }


def in_words(image: Image) -> str:
    """“Harbour at dawn · Photograph: Ana Beltrán”: which picture it is, and whose."""
    return f"{image.title} · {image.credit or _('no credit')}"


def named(numbers: Iterable[int]) -> list[dict[str, Any]]:
    """The pictures of these numbers as a story's sheet lists them; a number that means nothing has no thumbnail."""
    wanted = sorted(numbers)[:MOST_NUMBERS]
    there = Image.objects.in_bulk(wanted) if wanted else {}
    return [card(there[number]) if number in there else {"number": number} for number in wanted]
