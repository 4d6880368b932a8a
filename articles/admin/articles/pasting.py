"""Chapter: `paste/` turns what was on the clipboard into Markdown, for who writes. It stores nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.admin.pickers import key_in
from newsroom.foundations.markup.from_html import pasted

MOST_NOTES = 1_000  # footnotes a text may have already
WRITES = ("articles.add_article", "articles.change_article", "articles.change_standingpage")


class Pasting(admin.ModelAdmin):
    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.paste_view))
        return [path("paste/", view, name="articles_article_paste"), *super().get_urls()]

    def paste_view(self, request: HttpRequest) -> JsonResponse:
        """`html` as `markdown`, and in `left_out` a sentence for each kind of thing that was left out."""
        if not may_write(request.user):
            raise PermissionDenied
        notes_before = min(key_in(request.POST.get("notes", "")), MOST_NOTES)
        try:
            clean = pasted.to_markdown(request.POST.get("html", ""), notes_before=notes_before)
        except pasted.BodyRefused as refusal:
            return JsonResponse({"error": str(refusal)}, status=400)
        return JsonResponse({"markdown": clean.markdown, "left_out": list(in_words(clean.left_out))})


def may_write(user: Any) -> bool:
    """Anything that is written at the desk, so that what helps in writing is theirs."""
    return any(user.has_perm(permission) for permission in WRITES)


def in_words(left_out: Mapping[str, int]) -> Iterator[str]:
    pictures = left_out.get(pasted.PICTURES, 0)
    sentences = {
        pasted.PICTURES: ngettext(
            "%d picture was left out: upload it with the button “Picture”.",
            "%d pictures were left out: upload them with the button “Picture”.",
            pictures,
        )
        % pictures,
        pasted.COMMENTS: _("Comments were left out."),
        pasted.DELETIONS: _("Deleted words were left out."),
        pasted.HIDDEN: _("Hidden text was left out."),
    }
    yield from (sentence for kind, sentence in sentences.items() if left_out.get(kind))
