"""What machines are told about a page: schema.org facts as JSON-LD, one document for each thing on it."""

from collections.abc import Iterable, Sequence
from functools import cache
from json import JSONEncoder
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Article, Byline, Contributor, CorrectionKind, Section
from articles.models.cards import ArticleCard
from articles.models.facts import Credit, Lead
from articles.models.notes import ShownCorrection
from articles.models.section_tree import tree
from articles.paths import absolute, spelled
from articles.reading.formatting import to_machines
from newsroom.foundations import markup, pagecache
from newsroom.foundations.translation import said as _

Facts = dict[str, Any]
encode = JSONEncoder(ensure_ascii=False).encode

# schema.org's narrower kinds of NewsArticle, by the label readers see.
TYPES: dict[str, str] = {
    Article.Kind.ANALYSIS: "AnalysisNewsArticle",
    Article.Kind.OPINION: "OpinionNewsArticle",
    Article.Kind.EDITORIAL: "OpinionNewsArticle",
    Article.Kind.EXPLAINER: "BackgroundNewsArticle",
    Article.Kind.INTERVIEW: "ReportageNewsArticle",
    Article.Kind.REVIEW: "ReviewNewsArticle",
}
CREDITED_AS: dict[str, str] = {
    Byline.Role.BY: "author",
    Byline.Role.WITH: "author",
    Byline.Role.PHOTOGRAPHS: "contributor",
    Byline.Role.TRANSLATED: "translator",
}


def article_page(article: Article, paper: Any) -> list[str]:
    """The article, and the way to it from the front page."""
    return [*written(news_article(article, paper)), way(article.section_id)]


def listing(section: Section, articles: Iterable[Article | ArticleCard]) -> list[str]:
    """A section: the way to it, and what it lists."""
    listed = {
        "@type": "ItemList",
        "itemListElement": [_placed(number, url=article.url) for number, article in enumerate(articles, 1)],
    }
    return [way(section.pk), *written(listed)]


def profile(contributor: Contributor) -> list[str]:
    return written({"@type": "ProfilePage", "mainEntity": introduced(contributor)})


def paper_itself(paper: Any) -> list[str]:
    """The site, how to search it, and who publishes it."""
    target = absolute(_page("search")) + "?q={search_term_string}"
    search = {"@type": "SearchAction", "target": target, "query-input": "required name=search_term_string"}
    site = {
        "@type": "WebSite",
        "name": paper.name,
        "url": absolute("/"),
        "inLanguage": settings.LANGUAGE_CODE,
    }
    return written({**site, "description": paper.tagline, "potentialAction": search}, organisation(paper))


def news_article(article: Article, paper: Any) -> Facts:
    publisher, url = organisation(paper), article.url
    narrower, facts = TYPES.get(article.kind), article.facts
    appeared = article.publish_at or timezone.now()  # a preview has not yet
    return {
        "@type": ["NewsArticle", narrower] if narrower else "NewsArticle",
        "headline": article.headline_alone,
        "description": article.description,
        "mainEntityOfPage": url,
        "url": url,
        "datePublished": to_machines(appeared),
        "dateModified": to_machines(article.updated_at or appeared),
        "author": publisher,
        **credited(facts.credits),
        "publisher": publisher,
        "image": [picture(facts.picture) if facts.picture else social_image()],
        "articleSection": article.section.name,
        "keywords": [tag.name for tag in facts.tags],
        "wordCount": article.word_count,
        "inLanguage": settings.LANGUAGE_CODE,
        "isAccessibleForFree": True,
        "locationCreated": {"@type": "Place", "name": article.dateline} if article.dateline else None,
        "isBasedOn": spelled(article.canonical_url),
        "copyrightHolder": publisher,
        "correction": [correction(note) for note in article.notes if note.kind != CorrectionKind.UPDATE],
    }


def correction(note: ShownCorrection) -> Facts:
    """A CorrectionComment. An update adds to the story and corrects nothing, so it is none."""
    return {
        "@type": "CorrectionComment",
        "name": note.label,
        "text": note.text,
        "datePublished": to_machines(note.moment),
    }


def credited(credits: Iterable[Credit]) -> Facts:
    """Everybody in the bylines under the part they had."""
    parts: dict[str, list[Facts]] = {}
    for credit in credits:
        parts.setdefault(CREDITED_AS[credit.role], []).append(person(credit))
    return parts


def person(somebody: Credit | Contributor) -> Facts:
    return {"@type": "Person", "name": somebody.name, "url": absolute(somebody.get_absolute_url())}


def introduced(contributor: Contributor) -> Facts:
    """The person as their own page tells of them. `name` is the name alone; what they are stands in `jobTitle`."""
    about = {"jobTitle": contributor.role, "description": contributor.bio}
    elsewhere = [spelled(link["url"]) for link in contributor.links if link["url"].startswith("http")]
    face = absolute(contributor.portrait.fallback().url) if contributor.portrait else None
    return {**person(contributor), **about, "sameAs": elsewhere, "image": face}


def organisation(paper: Any) -> Facts:
    logo = {"@type": "ImageObject", "url": absolute(_static("img/apple-touch-icon.png"))}
    return {"@type": "NewsMediaOrganization", "name": paper.name, "url": absolute("/"), "logo": logo}


def picture(image: Lead) -> Facts:
    return {
        "@type": "ImageObject",
        "url": absolute(image.widest),
        "width": image.widest_width,
        "height": image.widest_height,
        "caption": image.caption,
        "creditText": image.credit,
    }


def social_image() -> Facts:
    """What stands for a story without a picture where it is shared: the paper's own."""
    return {"@type": "ImageObject", "url": absolute(_static("img/social.png")), "width": 1200, "height": 630}


@pagecache.cached_until_purged("sections")
def way(section: int) -> str:
    """From the front page to the section of this key."""
    sections = tree()
    return written(breadcrumb(sections.trail(sections.section(section))))[0]


def breadcrumb(trail: Sequence[Section]) -> Facts:
    steps = [
        (_("Home"), _page("front")),
        *((section.name, section.get_absolute_url()) for section in trail),
    ]
    placed = [_placed(number, name=name, item=absolute(path)) for number, (name, path) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": placed}


def _placed(number: int, **facts: str) -> Facts:
    return {"@type": "ListItem", "position": number, **facts}


@cache
def _page(name: str) -> str:
    return reverse(name)


_static = cache(static)


def written(*things: Facts) -> list[str]:
    """Each as a document of its own, without what is not known. `data_block` makes them safe to place."""
    return [encode({"@context": "https://schema.org", **_known(thing)}) for thing in things]


def data_block(json: str) -> SafeString:
    """JSON-LD for machines: a script element that runs nothing, and that no text inside it can close."""
    escaped = json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return format_html('<script type="application/ld+json">{}</script>', markup.stored(escaped))


def _known(facts: Facts) -> Facts:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}
