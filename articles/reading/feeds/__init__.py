"""Feeds of the paper, a section, a topic, a person: RSS 2.0 and Atom, with the whole text of the newest stories."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import escape

from articles.models import Tag
from articles.models.cards import ArticleInFull
from articles.models.section_tree import tree
from articles.paths import absolute, here
from articles.reading import listings
from articles.reading.feeds import entries
from articles.reading.feeds.formats import Atom, Rss
from articles.reading.listings import Listing
from articles.reading.lookups import contributor_at
from newsroom.foundations import pagecache, site
from newsroom.foundations.text import printable

__all__ = ["ArticlesFeed", "Atom", "ContributorFeed", "FrontFeed", "Rss", "SectionFeed", "TagFeed"]

LENGTH = 30
FRESH_FOR = 15  # minutes, for readers' programs


@dataclass
class Channel:
    """What one feed follows: a page of ours, its cache key, and its articles."""

    page: str
    key: str
    listing: Listing
    name: str = ""
    description: str = ""
    may_be_empty: bool = True
    articles: list[ArticleInFull] = field(default_factory=list)
    url: str = ""
    paper: Any = None

    def own_keys(self) -> Iterator[str]:
        """What it shows, in the page cache's terms."""
        yield from (self.key, f"newest:{self.key}")
        for article in self.articles:
            yield from article.cache_keys([article.section])

    def fill(self, request: HttpRequest) -> None:
        self.articles = self.listing.newest(LENGTH, ArticleInFull)
        self.url, self.paper = here(request), site.current()


class ArticlesFeed(Feed):
    """What all feeds have in common. Every URL begins with the site's own, whatever the request called us."""

    ttl = FRESH_FOR
    item_guid_is_permalink = False
    language = settings.LANGUAGE_CODE

    def __init__(self, feed_type: type[SyndicationFeed] = Rss) -> None:
        self.feed_type = feed_type

    def channel(self, request: HttpRequest, **named: str) -> Channel:
        """The channel at this URL; raises Http404 if there is none."""
        raise NotImplementedError

    def get_object(self, request: HttpRequest, *args: Any, **named: str) -> Channel:
        channel = self.channel(request, **named)
        channel.fill(request)
        pagecache.shows(request, "paper", *channel.own_keys())
        if not channel.articles and not channel.may_be_empty:
            raise Http404
        return channel

    # The channel

    def title(self, channel: Channel) -> str:
        return printable(" · ".join(filter(None, [channel.name, channel.paper.name])))

    def description(self, channel: Channel) -> str:
        return printable(channel.description or channel.paper.tagline) or self.title(channel)

    subtitle = description

    def link(self, channel: Channel) -> str:
        return absolute(channel.page)

    def feed_url(self, channel: Channel) -> str:
        return channel.url

    def author_name(self, channel: Channel) -> str:
        return printable(channel.paper.name)

    def feed_copyright(self, channel: Channel) -> str:
        return f"© {self.author_name(channel)}"

    def items(self, channel: Channel) -> list[ArticleInFull]:
        return channel.articles

    # Its stories

    def item_title(self, article: ArticleInFull) -> str:
        return entries.title(article)

    def item_description(self, article: ArticleInFull) -> str:
        return printable(escape(article.standfirst))

    def item_link(self, article: ArticleInFull) -> str:
        return article.url

    def item_guid(self, article: ArticleInFull) -> str:
        return entries.guid(article)

    def item_pubdate(self, article: ArticleInFull) -> datetime | None:
        return article.publish_at

    def item_updateddate(self, article: ArticleInFull) -> datetime | None:
        return article.updated_at or article.publish_at

    def item_extra_kwargs(self, article: ArticleInFull) -> dict[str, Any]:
        return {name: getattr(entries, name)(article) for name in ("writers", "subjects", "picture", "text")}


class FrontFeed(ArticlesFeed):
    def channel(self, request: HttpRequest, **named: str) -> Channel:
        return Channel(reverse("front"), "front:home", listings.of_the_paper())


class SectionFeed(ArticlesFeed):
    """Everything filed in the section or below it."""

    def channel(self, request: HttpRequest, **named: str) -> Channel:
        pagecache.shows(request, pagecache.path_key(named["path"]))
        sections = tree()
        section = sections.at(named["path"])
        if section is None:
            raise Http404
        articles = listings.in_sections([each.pk for each in (section, *sections.below(section))])
        page, key = section.get_absolute_url(), f"section:{section.pk}"
        return Channel(page, key, articles, section.name, section.description)


class TagFeed(ArticlesFeed):
    def channel(self, request: HttpRequest, **named: str) -> Channel:
        pagecache.shows(request, pagecache.path_key(f"topics/{named['slug']}"))
        tag = get_object_or_404(Tag, slug=named["slug"])
        page, key = tag.get_absolute_url(), f"tag:{tag.pk}"
        return Channel(page, key, listings.about(tag.pk), tag.name, may_be_empty=False)


class ContributorFeed(ArticlesFeed):
    def channel(self, request: HttpRequest, **named: str) -> Channel:
        pagecache.shows(request, pagecache.path_key(f"by/{named['slug']}"))
        person = contributor_at(named["slug"])
        page, key = person.get_absolute_url(), f"by:{person.pk}"
        return Channel(page, key, listings.by(person.pk), person.name, person.bio, may_be_empty=False)
