"""What machines are told about a page: schema.org facts as JSON-LD, one document for each thing on it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Byline, Contributor, Image, Section

Facts = dict[str, Any]

# schema.org's narrower kinds of NewsArticle, by the label readers see.
TYPES = {
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.EDITORIAL: "OpinionNewsArticle",
    Article.Kind.EXPLAINER: "BackgroundNewsArticle",
    Article.Kind.INTERVIEW: "ReportageNewsArticle",
    Article.Kind.REVIEW: "ReviewNewsArticle",
}
CREDITED_AS = {
    Byline.Role.BY: "author",
    Byline.Role.WITH: "author",
    Byline.Role.PHOTOGRAPHS: "contributor",
    Byline.Role.TRANSLATED: "translator",
}


def story(article: Article, trail: Sequence[Section], paper: Any) -> list[str]:
    """The article, and the way to it from the front page."""
    return written(news_article(article, paper), breadcrumb(trail))


def listing(trail: Sequence[Section], articles: Iterable[Article]) -> list[str]:
    """A section: the way to it, and what it lists."""
    listed = {
        "@type": "ItemList",
        "itemListElement": [
            _placed(number, url=article.address) for number, article in enumerate(articles, 1)
        ],
    }
    return written(breadcrumb(trail), listed)


def profile(contributor: Contributor) -> list[str]:
    return written({"@type": "ProfilePage", "mainEntity": person(contributor)})


def paper_itself(paper: Any) -> list[str]:
    """The site, how to search it, and who publishes it."""
    target = absolute(reverse("search")) + "?q={search_term_string}"
    search = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    site = {"@type": "WebSite", "name": paper.name, "url": absolute("/"), "inLanguage": paper.language}
    return written({**site, "description": paper.tagline, "potentialAction": search}, organisation(paper))


def news_article(article: Article, paper: Any) -> Facts:
    publisher = organisation(paper)
    narrower = TYPES.get(Article.Kind(article.kind))
    return {
        "@type": ["NewsArticle", narrower] if narrower else "NewsArticle",
        "headline": article.headline,
        "description": article.seo_description or article.standfirst,
        "mainEntityOfPage": article.address,
        "url": article.address,
        "datePublished": moment(article.publish_at),
        "dateModified": moment(article.updated_at or article.publish_at),
        "author": publisher,
        **credited(article),
        "publisher": publisher,
        "image": [picture(article.picture, article.caption())] if article.picture else None,
        "articleSection": article.section.name,
        "keywords": [tag.name for tag in article.topics_list()],
        "wordCount": article.word_count,
        "inLanguage": paper.language,
        "isAccessibleForFree": True,
        "locationCreated": {"@type": "Place", "name": article.dateline} if article.dateline else None,
        "isBasedOn": article.canonical_url,
        "copyrightHolder": publisher,
    }


def credited(article: Article) -> Facts:
    """Everybody in the bylines under the part they had."""
    parts: dict[str, list[Facts]] = {}
    for byline in article.credits():
        parts.setdefault(CREDITED_AS[Byline.Role(byline.role)], []).append(
            person(byline.contributor, brief=True)
        )
    return parts


def person(contributor: Contributor, *, brief: bool = False) -> Facts:
    """Its `name` is the name alone; what the person is stands in `jobTitle`."""
    known = {"@type": "Person", "name": contributor.name, "url": absolute(contributor.get_absolute_url())}
    if brief:
        return known
    about = {"jobTitle": contributor.role, "description": contributor.bio}
    elsewhere = [link["url"] for link in contributor.links if link["url"].startswith("http")]
    face = absolute(contributor.portrait.fallback().url) if contributor.portrait else None
    return {**known, **about, "sameAs": elsewhere, "image": face}


def organisation(paper: Any) -> Facts:
    logo = {"@type": "ImageObject", "url": absolute(static("img/apple-touch-icon.png"))}
    return {"@type": "NewsMediaOrganization", "name": paper.name, "url": absolute("/"), "logo": logo}


def picture(image: Image, caption: str) -> Facts:
    largest = image.widest()
    return {
        "@type": "ImageObject",
        "url": absolute(largest.url),
        "width": largest.width,
        "height": largest.height,
        "caption": caption,
        "creditText": image.credit,
    }


def breadcrumb(trail: Sequence[Section]) -> Facts:
    steps = [
        (_("Home"), reverse("front")),
        *((section.name, section.get_absolute_url()) for section in trail),
    ]
    placed = [_placed(number, name=name, item=absolute(path)) for number, (name, path) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": placed}


def _placed(number: int, **facts: str) -> Facts:
    return {"@type": "ListItem", "position": number, **facts}


def absolute(address: str) -> str:
    return urljoin(settings.SITE_ADDRESS, address)


def moment(at: Any) -> str:
    """With the site's own offset, as the page shows it."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def written(*things: Facts) -> list[str]:
    """Each as a document of its own, without what is not known. The template tag makes them safe to place."""
    return [
        json.dumps({"@context": "https://schema.org", **_known(thing)}, ensure_ascii=False)
        for thing in things
    ]


def _known(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
