"""Stories by section, by topic, by the people who sign them; and the list of all feeds."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import StandingPage, Tag
from articles.models.section_tree import tree
from articles.paths import here, path_to
from articles.reading import json_ld, listings, pagination
from articles.reading.lookups import contributor_at
from newsroom.foundations import pagecache


@pagecache.cacheable("before", "after", "page")
@require_safe
def section_page(request: HttpRequest, path: str) -> HttpResponse:
    """A section, or else the standing page at this URL."""
    sections = tree()
    section = sections.at(path)
    if section is None:
        return standing_page(request, path)
    trail, below = sections.trail(section), sections.below(section)
    filed = listings.in_sections([each.pk for each in (section, *below)])
    page = pagination.page(request, filed, f"section:{section.pk}")
    around = [f"section:{each.pk}" for each in (*trail, *sections.inside(section))]
    pagecache.shows(request, *around)
    heading = {
        "section": section,
        "trail": trail,
        "children": sections.inside(section),
        "page_title": " · ".join(step.name for step in reversed(trail)),
        "description": section.description
        or _("Stories from %(section)s, newest first.") % {"section": section},
        "structured_data": json_ld.listing(section, page.articles),
    }
    return listing(request, "articles/section.html", page, path_to("section_feed", path), **heading)


def standing_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(StandingPage.objects.published(), slug=slug)
    page.render_if_outdated()
    pagecache.shows(request, "paper", f"page:{page.pk}")
    about = {"page_title": page.title, "description": page.opening or page.title, "canonical": here(request)}
    context = {"page": page, **about}
    return render(request, "articles/standing_page.html", context)


@pagecache.cacheable("before", "after", "page")
@require_safe
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag, slug=slug)
    page = pagination.page(request, listings.about(tag.pk), f"tag:{tag.pk}")
    pagecache.shows(request, f"tag:{tag.pk}")
    description = _("All our stories about %(topic)s, newest first.") % {"topic": tag.name}
    heading = {
        "tag": tag,
        "page_title": _("Topic: %(topic)s") % {"topic": tag.name},
        "description": description,
    }
    return listing(request, "articles/tag.html", known(page), path_to("tag_feed", slug), **heading)


@pagecache.cacheable("before", "after", "page")
@require_safe
def contributor_page(request: HttpRequest, slug: str) -> HttpResponse:
    contributor = contributor_at(slug)
    page = pagination.page(request, listings.by(contributor.pk), f"by:{contributor.pk}")
    pagecache.shows(request, f"by:{contributor.pk}")
    description = contributor.bio or _("Stories by %(name)s.") % {"name": contributor.name}
    heading = {
        "contributor": contributor,
        "page_title": contributor.name,
        "description": description,
        "structured_data": json_ld.profile(contributor),
    }
    feed_url = path_to("contributor_feed", slug)
    return listing(request, "articles/contributor.html", known(page), feed_url, **heading)


def known(page: pagination.Page) -> pagination.Page:
    """Raises Http404 for a topic or a person readers have never met, so that nobody can fish for names."""
    if not page.articles:
        raise Http404
    return page


def listing(
    request: HttpRequest, template: str, page: pagination.Page, feed_url: str, **heading: object
) -> HttpResponse:
    pagecache.shows(request, "paper", *(key for article in page.articles for key in article.keys))
    pagecache.shows(request, *(f"card:{pk}" for pk in page.beyond))
    links = {"canonical": page.url, "older": page.older, "newer": page.newer, "feed_url": feed_url}
    return render(request, template, {**heading, **links, "articles": page.articles})


@pagecache.cacheable()
@require_safe
def feeds_page(request: HttpRequest) -> HttpResponse:
    sections = [feed(name, "section_feed", path) for path, name in tree().trail_names()]
    pagecache.shows(request, "paper", "sections")
    description = _("Put one of these addresses into a feed reader and new stories come to you, whole.")
    about = {"page_title": _("Feeds"), "description": description, "canonical": here(request)}
    feeds = [feed(_("All stories"), "front_feed"), *sections, feed(_("Corrections"), "corrections_feed")]
    return render(request, "articles/feeds.html", {"feeds": feeds, **about})


def feed(title: str, name: str, *path: str) -> dict[str, str]:
    """A feed's title and the URLs of its two forms."""
    return {"title": title, "rss": reverse(name, args=path), "atom": reverse(f"{name}_atom", args=path)}
