"""The readers' addresses. Whatever begins with a section's path comes last."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, register_converter

from articles import converters

register_converter(converters.SlugConverter, "uslug")
register_converter(converters.SectionPathConverter, "section")
register_converter(converters.YearConverter, "yyyy")
register_converter(converters.TwoDigitConverter, "dd")


def nothing(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("", nothing, name="front"),
    path("feed/", nothing, name="front_feed"),
    path("feed/atom/", nothing, name="front_feed_atom"),
    path("feeds/", nothing, name="feeds"),
    path("search/", nothing, name="search"),
    path("topics/<uslug:slug>/", nothing, name="topic"),
    path("topics/<uslug:slug>/feed/", nothing, name="topic_feed"),
    path("topics/<uslug:slug>/feed/atom/", nothing, name="topic_feed_atom"),
    path("by/<uslug:slug>/", nothing, name="contributor"),
    path("by/<uslug:slug>/feed/", nothing, name="contributor_feed"),
    path("by/<uslug:slug>/feed/atom/", nothing, name="contributor_feed_atom"),
    path("<section:path>/<yyyy:year>/<dd:month>/<dd:day>/<uslug:slug>/", nothing, name="article"),
    path("<section:path>/feed/", nothing, name="section_feed"),
    path("<section:path>/feed/atom/", nothing, name="section_feed_atom"),
    path("<section:path>/", nothing, name="section"),
]
