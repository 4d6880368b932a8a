"""What a page shows of stories, in the page cache's terms: whoever renders says it, with these words."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from articles.models import Section
from articles.models.facts import Facts
from articles.models.teasers import KEPT, Teaser, Told


def cards(stories: Iterable[Told]) -> Iterator[str]:
    """The stories as they stand among others: their words, and the names and pictures of what they are linked to."""
    for story in stories:
        yield from _card_kept(story) if isinstance(story, Teaser) else _card(story)


def _card(story: Told) -> tuple[str, ...]:
    return f"card:{story.pk}", f"section:{story.section.pk}", *people_and_picture(story.facts)


_card_kept = lru_cache(maxsize=KEPT)(_card)


def whole(story: Told, trail: Sequence[Section]) -> Iterator[str]:
    """A story with all its text, under the names of its sections and topics."""
    yield f"article:{story.pk}"
    yield f"card:{story.pk}"
    yield from (f"section:{section.pk}" for section in trail)
    yield from (f"tag:{topic.pk}" for topic in story.facts.topics)
    yield from people_and_picture(story.facts)


def people_and_picture(facts: Facts) -> Iterator[str]:
    yield from (f"by:{credit.pk}" for credit in facts.credits)
    if facts.picture:
        yield f"picture:{facts.picture.pk}"
