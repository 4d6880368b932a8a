"""The readers' URLs. Whatever begins with a section's path comes last."""

from django.urls import URLPattern, path, register_converter
from django.views.decorators.http import require_safe

from articles import converters
from articles.reading import feeds, sitemaps
from articles.reading.feeds.corrections import CorrectionsFeed
from articles.views import corrections, fronts, listing, previews, reading, searching
from newsroom.foundations import pagecache

register_converter(converters.SlugConverter, "uslug")
register_converter(converters.SectionPathConverter, "section")
register_converter(converters.YearConverter, "yyyy")
register_converter(converters.TwoDigitConverter, "dd")


def both_feeds(page: str, name: str, feed: type[feeds.ArticlesFeed | CorrectionsFeed]) -> list[URLPattern]:
    """The RSS and the Atom feed of a page, below it."""
    return [
        path(f"{page}feed/", pagecache.cacheable()(require_safe(feed(feeds.Rss))), name=name),
        path(f"{page}feed/atom/", pagecache.cacheable()(require_safe(feed(feeds.Atom))), name=f"{name}_atom"),
    ]


urlpatterns = [
    path("", fronts.front, name="front"),
    *both_feeds("", "front_feed", feeds.FrontFeed),
    path("corrections/", corrections.corrections_page, name="corrections"),
    *both_feeds("corrections/", "corrections_feed", CorrectionsFeed),
    path("feeds/", listing.feeds_page, name="feeds"),
    path("search/", searching.search_page, name="search"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/<yyyy:year>-<dd:month>.xml", sitemaps.month, name="sitemap_month"),
    path("sitemaps/<yyyy:year>-<dd:month>-<dd:day>.xml", sitemaps.day, name="sitemap_day"),
    path("sitemaps/standing.xml", sitemaps.standing, name="sitemap_standing"),
    path("news-sitemap.xml", sitemaps.news, name="sitemap_news"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("topics/<uslug:slug>/", listing.tag_page, name="tag"),
    *both_feeds("topics/<uslug:slug>/", "tag_feed", feeds.TagFeed),
    path("by/<uslug:slug>/", listing.contributor_page, name="contributor"),
    *both_feeds("by/<uslug:slug>/", "contributor_feed", feeds.ContributorFeed),
    path(
        "<section:path>/<yyyy:year>/<dd:month>/<dd:day>/<uslug:slug>/", reading.article_page, name="article"
    ),
    path(
        "<section:path>/<yyyy:year>/<dd:month>/<dd:day>/<uslug:slug>/changes/",
        corrections.changes_page,
        name="changes",
    ),
    *both_feeds("<section:path>/", "section_feed", feeds.SectionFeed),
    path("<section:path>/", listing.section_page, name="section"),
]
