"""Maps for search engines: one for each month, which stays as it is once the month is over; one of the pages that
change with every story; one of the news of the last two days."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.contrib.sitemaps.views import sitemap as written
from django.db.models import Count, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.feeds.entries import absolute, picture
from articles.models import Article, Contributor, Page, Section, Tag
from articles.models.article import ArticleQuerySet
from articles.models.sections import steps_to
from newsroom.foundations import pagecache
from newsroom.foundations.characters import printable
from newsroom.foundations.paper import masthead

A_FILE = 10_000  # addresses; 50,000 are allowed
NEWS_FOR, MOST_NEWS = timedelta(days=2), 1000
CHANGED = Coalesce("updated_at", "publish_at")


def ours() -> ArticleQuerySet:
    """Live stories that first appeared here: another paper's own belong in that paper's map."""
    return Article.objects.published().filter(canonical_url="")


def newest(**filed: OuterRef) -> Subquery:
    """When the newest live story so filed appeared."""
    return Subquery(Article.objects.published().filter(**filed).newest_first().values("publish_at")[:1])


class OurSitemap(Sitemap):
    """Its addresses begin with the site's own, whatever the request called us."""

    limit = A_FILE

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).netloc


class Dated(OurSitemap, GenericSitemap):
    """The pages of these rows, each changed at the moment in its `date_field`."""

    def __init__(self, rows: QuerySet[Any], date_field: str) -> None:
        super().__init__({"queryset": rows, "date_field": date_field})


class Sections(OurSitemap):
    """The front page, and the sections that have a story in them or below."""

    def items(self) -> list[tuple[str, Any]]:
        changed: dict[str, Any] = {}
        for section in Section.objects.annotate(newest=newest(section=OuterRef("pk"))).exclude(newest=None):
            for page in ("/", *(reverse("section", args=[step]) for step in steps_to(section.path))):
                changed[page] = max(changed.get(page, section.newest), section.newest)
        return sorted(changed.items()) or [("/", None)]

    def location(self, item: tuple[str, Any]) -> str:
        return item[0]

    def lastmod(self, item: tuple[str, Any]) -> Any:
        return item[1]


@pagecache.kept("p")
@require_safe
@x_robots_tag
def index(request: HttpRequest) -> HttpResponse:
    """All maps. A month's date is that of its last real change."""
    by_month = ours().annotate(month=TruncMonth("published_on")).values("month").order_by("-month")
    files = [SitemapIndexItem(absolute(reverse("sitemap_standing")))]
    for row in by_month.annotate(stories=Count("pk"), changed=Max(CHANGED)):
        files += [
            SitemapIndexItem(address, row["changed"]) for address in _files(row["month"], row["stories"])
        ]
    pagecache.shows(request, "front:home")
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


def _files(month: date, stories: int) -> list[str]:
    first = absolute(reverse("sitemap_month", args=[f"{month:%Y}", f"{month:%m}"]))
    return [first, *(f"{first}?p={part}" for part in range(2, -(-stories // A_FILE) + 1))]


@pagecache.kept("p")
@require_safe
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """The stories dated in this month."""
    try:
        first = date(int(year), int(month), 1)
        after = (first + timedelta(days=31)).replace(day=1)
    except (ValueError, OverflowError):
        raise Http404 from None
    stories = ours().filter(published_on__gte=first, published_on__lt=after).annotate(changed=CHANGED)
    shown = stories.select_related("section").only("slug", "published_on", "section__path")
    pagecache.shows(request, "front:home")
    return written(request, {"month": Dated(shown.order_by("published_on", "slug"), "changed")})


@pagecache.kept("p")
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """The pages that stay: front, sections, topics and people with stories, standing pages."""
    topics = Tag.objects.annotate(newest=newest(tagged__tag=OuterRef("pk")))
    people = Contributor.objects.annotate(newest=newest(bylines__contributor=OuterRef("pk")))
    pagecache.shows(request, "front:home")
    maps: dict[str, Any] = {
        "sections": Sections(),
        "topics": Dated(topics.exclude(newest=None).order_by("-newest")[:A_FILE], "newest"),
        "people": Dated(people.exclude(newest=None).order_by("-newest")[:A_FILE], "newest"),
        "pages": Dated(Page.objects.order_by("pk"), "updated_at"),
    }
    return written(request, maps)


@pagecache.kept("p")
@require_safe
@x_robots_tag
def news(request: HttpRequest) -> HttpResponse:
    """What search engines call news: at most two days old, at most a thousand."""
    recent = ours().filter(publish_at__gte=timezone.now() - NEWS_FOR).for_cards().newest_first()[:MOST_NEWS]
    entries = [
        {"article": article, "title": printable(article.headline), "picture": picture(article)}
        for article in recent
    ]
    paper = masthead(request)
    context = {"entries": entries, "paper": printable(paper.name), "language": language(paper.language)}
    pagecache.shows(request, "front:home")
    return render(request, "articles/news_sitemap.xml", context, content_type="application/xml")


def language(code: str) -> str:
    """ISO 639, as the format wants it: without a country, but for the two ways of writing Chinese."""
    code = code.lower()
    chinese = {"zh-hans": "zh-cn", "zh-cn": "zh-cn", "zh-hant": "zh-tw", "zh-tw": "zh-tw"}
    return chinese.get(code, code.partition("-")[0])
