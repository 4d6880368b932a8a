"""Every public address of the site, taken from the URL patterns themselves, so that a new one cannot be forgotten."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles.models import Article

FORMS = {
    "comment_new",
    "comment_reply",
    "comment_received",
    "lead_new",
    "lead_received",
}  # never kept by a cache, so free to know who asks


def public_names(patterns: Any = None) -> Iterator[str]:
    """The names of all patterns outside the admin."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            yield from public_names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


def of(article: Article, slug: str, *questions: str) -> dict[str, list[str]]:
    """For each public pattern the addresses at which the article could show, were it public.

    `slug` is its own, its topic's and its contributor's; `questions` are what a reader would search for.
    """
    day = article.published_on or timezone.localdate()
    date = [f"{day:%Y}", f"{day:%m}", f"{day:%d}"]
    forms = ("", "_feed", "_feed_atom")
    filled = {
        "article": [[article.section.path, *date, slug], ["elsewhere", *date, slug]],
        "changes": [[article.section.path, *date, slug], ["elsewhere", *date, slug]],
        "sitemap_month": [date[:2]],
        "sitemap_day": [date],
        **{f"section{form}": [[step.path] for step in article.section.trail()] for form in forms},
        **{f"{kind}{form}": [[slug]] for kind in ("tag", "contributor") for form in forms},
        **{
            name: [[article.pk]]
            for name in ("comment_thread", "comment_new", "comment_received", "lead_new", "lead_received")
        },
        "comment_reply": [[article.pk, 1]],
        "rendition": [["pictures/unknown/640.jpeg"]],
        "preview": [["a-token-nobody-has"]],
    }
    found = {name: [reverse(name, args=args) for args in filled.get(name, [[]])] for name in public_names()}
    return found | {"search": [reverse("search", query={"q": question}) for question in questions]}
