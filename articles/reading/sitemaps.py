"""Maps for search engines: one for each month, which stays as it is once the month is over; one of the pages that
change with every story; one of the news of the last two days. Large ones, so they are written by hand."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models import Article, Byline, Contributor, Day, Section, StandingPage, Tag, TaggedArticle
from articles.models.article import ArticleQuerySet
from articles.models.cards import ArticleCard
from articles.models.days import Month
from articles.models.section_tree import tree
from articles.models.sections import steps_to
from articles.paths import absolute, article_path, path_to
from newsroom.foundations import pagecache, site
from newsroom.foundations.text import printable

A_FILE = 10_000  # URLs; a month with more is cut into days
MOST_ALLOWED = 50_000  # URLs in one file, by the format's rules
NEWS_FOR, MOST_NEWS = timedelta(days=2), 1000

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGES = "http://www.google.com/schemas/sitemap-image/1.1"

Entry = tuple[str, Any]  # a URL without the site, and the moment or day its page last changed, if known


def ours() -> ArticleQuerySet:
    """Live stories that first appeared here: another paper's own belong in that paper's map."""
    return Article.objects.published().filter(canonical_url="")


@pagecache.cacheable()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All maps. A month's date is that of its last real change."""
    pagecache.shows(request, "map:index")
    files = [f"<sitemap><loc>{absolute(reverse('sitemap_standing'))}</loc></sitemap>"]
    for url, changed_at in _files(Day.objects.by_month()):
        changed = f"<lastmod>{moment(changed_at)}</lastmod>"
        files.append(f"<sitemap><loc>{absolute(url)}</loc>{changed}</sitemap>")
    return xml(f'<sitemapindex xmlns="{MAPS}">', files, "</sitemapindex>")


def _files(months: list[Month]) -> Iterator[Entry]:
    """The maps of stories. A month too large for one map is cut into days."""
    large = [month.first for month in months if month.articles > A_FILE]
    days: dict[date, list[date]] = {first: [] for first in large}
    for first, day in (
        Day.objects.filled().filter(month__in=large).order_by("-day").values_list("month", "day")
    ):
        days[first].append(day)
    for first, _articles, changed_at in months:
        if first not in days:
            yield reverse("sitemap_month", args=f"{first:%Y %m}".split()), changed_at
        for day in days.get(first, []):
            yield reverse("sitemap_day", args=f"{day:%Y %m %d}".split()), changed_at


@pagecache.cacheable()
@require_safe
def month(request: HttpRequest, year: str, month: str) -> HttpResponse:
    """The stories dated in this month."""
    first = day_in(year, month, "01")
    return dated(request, first, (first + timedelta(days=31)).replace(day=1))


@pagecache.cacheable()
@require_safe
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """The stories dated on this day, where a month has too many for one map."""
    first = day_in(year, month, day)
    return dated(request, first, first + timedelta(days=1))


def day_in(year: str, month: str, day: str) -> date:
    """Raises Http404 for a day that no calendar has, and for the last of all, which none follows."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Http404 from None
    if found.year == date.max.year:
        raise Http404
    return found


def dated(request: HttpRequest, first: date, after: date) -> HttpResponse:
    """The map of these days, read along their index and written without a row's object."""
    pagecache.shows(request, f"map:{first:%Y-%m}", "sections")
    sections = tree()
    place = cache(lambda filed, on: article_path(sections.section(filed).path, on, "")[:-1])
    articles = ours().filter(published_on__gte=first, published_on__lt=after).order_by("published_on", "slug")
    rows = articles.values_list("section", "published_on", "slug", "updated_at")[:MOST_ALLOWED]
    found = [(place(filed, on) + quote(slug) + "/", updated_at or on) for filed, on, slug, updated_at in rows]
    if not found:
        raise Http404
    return urls(found)


@pagecache.cacheable()
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """The pages that stay: front, sections, topics and people with stories, standing pages."""
    pagecache.shows(request, "paper", "map:standing", "sections")
    live = {"live_at__lte": timezone.now()}
    tags = newest_first("tag", Tag, TaggedArticle.objects.filter(tag=OuterRef("pk"), **live))
    people = newest_first(
        "contributor", Contributor, Byline.objects.filter(contributor=OuterRef("pk"), **live)
    )
    shown = StandingPage.objects.published().order_by("pk")
    pages = [(page.get_absolute_url(), page.updated_at) for page in shown]
    return urls([*sections(), *tags, *people, *pages])


def sections() -> list[Entry]:
    """The front page, and the sections that have a story in them or below, with the date of the newest there."""
    newest = (
        Article.objects.published().filter(section=OuterRef("pk")).newest_first().values("publish_at")[:1]
    )
    filled = Section.objects.annotate(newest=Subquery(newest)).exclude(newest=None)
    changed: dict[str, datetime] = {}
    for path, at in filled.values_list("path", "newest"):
        for page in ("/", *(reverse("section", args=[step]) for step in steps_to(path))):
            changed[page] = max(changed.get(page, at), at)
    return sorted(changed.items()) or [("/", None)]


def newest_first(page: str, model: Any, places: Any) -> list[Entry]:
    """The pages of those that have a place in the lists of stories, each with the date of its newest."""
    newest = Subquery(places.order_by("-live_at").values("live_at")[:1])
    found = model.objects.annotate(newest=newest).exclude(newest=None).order_by("-newest", "pk")
    return [(path_to(page, slug), at) for slug, at in found.values_list("slug", "newest")[:A_FILE]]


@pagecache.cacheable()
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What search engines call news: at most two days old, at most a thousand."""
    pagecache.shows(request, "map:news", "paper", "sections")
    newest = ours().filter(publish_at__gt=timezone.now() - NEWS_FOR).newest_first()[:MOST_NEWS]
    recent = ArticleCard.read(newest.values_list(*ArticleCard.COLUMNS))
    if recent:
        pagecache.shows(request, until=recent[-1].publish_at + NEWS_FOR)
    masthead = site.current()
    name, code = escape(printable(masthead.name)), escape(language(settings.LANGUAGE_CODE))
    publication = f"<news:name>{name}</news:name><news:language>{code}</news:language>"
    entries = [_news(article, publication) for article in recent]
    return xml(f'<urlset xmlns="{MAPS}" xmlns:news="{NEWS}" xmlns:image="{IMAGES}">', entries, "</urlset>")


def _news(article: ArticleCard, publication: str) -> str:
    picture = article.facts.picture
    image = f"<image:image><image:loc>{absolute(picture.widest)}</image:loc></image:image>" if picture else ""
    return (
        f"<url><loc>{article.url}</loc><news:news><news:publication>{publication}</news:publication>"
        f"<news:publication_date>{moment(article.publish_at)}</news:publication_date>"
        f"<news:title>{escape(printable(article.headline_alone))}</news:title></news:news>{image}</url>"
    )


def urls(entries: Iterable[Entry]) -> HttpResponse:
    """A map of pages, each with the day of its last change in the site's time zone."""
    site = absolute("/")[:-1]
    lines = (
        f"<url><loc>{site}{url}</loc>{f'<lastmod>{day_of(changed)}</lastmod>' if changed else ''}</url>"
        for url, changed in entries
    )
    return xml(f'<urlset xmlns="{MAPS}">', lines, "</urlset>")


def xml(start: str, lines: Iterable[str], end: str) -> HttpResponse:
    response = HttpResponse("\n".join([HEAD + start, *lines, end]), content_type="application/xml")
    response.headers["X-Robots-Tag"] = "noindex, noodp, noarchive"
    return response


def day_of(changed: date) -> date:
    return timezone.localdate(changed) if isinstance(changed, datetime) else changed


def moment(at: datetime) -> str:
    """In the site's time zone."""
    return timezone.localtime(at).isoformat()


def language(code: str) -> str:
    """ISO 639, as the format wants it: without a country, but for the two ways of writing Chinese."""
    code = code.lower()
    chinese = {"zh-hans": "zh-cn", "zh-cn": "zh-cn", "zh-hant": "zh-tw", "zh-tw": "zh-tw"}
    return chinese.get(code, code.partition("-")[0])
