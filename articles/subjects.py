"""Who and what lists are about, by the slug in their addresses. Shared by all pages: to be read, never changed."""

from collections.abc import Sequence

from django.http import Http404

from articles.models import Contributor, Tag
from newsroom.foundations import pagecache

PEOPLE, TOPICS = 200, 1000  # that are remembered


def topic_at(slug: str) -> Tag:
    """Raises Http404."""
    if tag := _topics([slug]).get(slug):
        return tag
    raise Http404(slug)


def person_at(slug: str) -> Contributor:
    """With their portrait. Raises Http404."""
    if person := _people([slug]).get(slug):
        return person
    raise Http404(slug)


def _of_topic(_slug: str, tag: Tag) -> list[str]:
    return [f"tag:{tag.pk}"]


def _of_person(_slug: str, person: Contributor) -> list[str]:
    return [f"by:{person.pk}"]


@pagecache.remembered_parts(_of_topic, most=TOPICS)
def _topics(slugs: Sequence[str]) -> dict[str, Tag]:
    return {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}


@pagecache.remembered_parts(_of_person, most=PEOPLE)
def _people(slugs: Sequence[str]) -> dict[str, Contributor]:
    people = Contributor.objects.select_related("portrait").filter(slug__in=slugs)
    return {person.slug: person for person in people}
