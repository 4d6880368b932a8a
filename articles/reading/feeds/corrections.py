"""The feed of the paper's corrections."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.translation import gettext as _

from articles.paths import absolute, here
from articles.reading import corrections
from articles.reading.corrections import Corrected
from articles.reading.feeds.formats import Rss
from newsroom.foundations import pagecache, site
from newsroom.foundations.text import printable

LENGTH = 30
FRESH_FOR = 15  # minutes, for readers' programs


@dataclass
class Channel:
    """What this feed tells at one moment."""

    url: str
    paper: str
    corrections: list[Corrected] = field(default_factory=list)


class CorrectionsFeed(Feed):
    """Every note to readers, with the headline it stands under."""

    ttl = FRESH_FOR
    item_guid_is_permalink = False
    language = settings.LANGUAGE_CODE

    def __init__(self, feed_type: type[SyndicationFeed] = Rss) -> None:
        self.feed_type = feed_type

    def get_object(self, request: HttpRequest) -> Channel:
        found = corrections.newest(LENGTH)
        pagecache.shows(
            request, "paper", "corrections", *(key for each in found for key in each.article.keys)
        )
        return Channel(here(request), printable(site.current().name), found)

    def title(self, channel: Channel) -> str:
        return f"{_('Corrections')} · {channel.paper}"

    def description(self, channel: Channel) -> str:
        return _("What we got wrong, and what is right.")

    subtitle = description

    def link(self, channel: Channel) -> str:
        return absolute(reverse("corrections"))

    def feed_url(self, channel: Channel) -> str:
        return channel.url

    def author_name(self, channel: Channel) -> str:
        return channel.paper

    def items(self, channel: Channel) -> list[Corrected]:
        return channel.corrections

    def item_title(self, each: Corrected) -> str:
        return printable(each.title)

    def item_description(self, each: Corrected) -> str:
        return str(each.note.words)

    def item_link(self, each: Corrected) -> str:
        return each.url

    def item_guid(self, each: Corrected) -> str:
        """Its name for ever (RFC 4151)."""
        host = urlsplit(settings.SITE_ADDRESS).hostname
        return f"tag:{host},{each.note.moment:%Y-%m-%d}:correction/{each.note.pk}"

    def item_pubdate(self, each: Corrected) -> datetime:
        return each.note.moment

    item_updateddate = item_pubdate

    def item_extra_kwargs(self, each: Corrected) -> dict[str, Any]:
        return {"writers": [], "subjects": [], "picture": None, "text": str(each.note.words)}
