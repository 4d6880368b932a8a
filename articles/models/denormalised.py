"""Who shows whom: articles keep copies of names, pictures and tags on their own rows, and scheduled ones are expected in
lists. Here stands which articles a change concerns, for the models that are defined before Article and so cannot import
it."""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from articles.models.article import ArticleQuerySet
    from articles.models.contributors import Contributor
    from articles.models.images import Image
    from articles.models.sections import Section
    from articles.models.tags import Tag


def articles() -> "ArticleQuerySet":
    found: ArticleQuerySet = _all("Article")
    return found


def pages() -> Any:
    """The standing pages."""
    return _all("StandingPage")


def around_change_of_contributor(contributor: "Contributor") -> AbstractContextManager[None]:
    """The articles that credit them are refreshed."""
    return articles().by(contributor).refreshing()


def around_change_of_tags(*tags: "Tag") -> AbstractContextManager[None]:
    """The articles about them are refreshed."""
    return articles().about(*tags).refreshing()


def around_change_of_image(image: "Image") -> AbstractContextManager[None]:
    """The articles that show it, or credit somebody whose portrait it is, are refreshed."""
    return articles().showing(image).refreshing(image=image)


def around_change_of_section(section: "Section") -> AbstractContextManager[None]:
    """Its scheduled articles are expected in the lists of then."""
    return articles().filter(section=section.pk).followed()


def portrayed_by(image: "Image") -> Any:
    """The contributors whose portrait it is."""
    return _all("Contributor").filter(portrait=image)


def pages_naming(image: "Image") -> Any:
    """The standing pages in whose text its number stands, and those of numbers that begin with it."""
    return pages().filter(body__contains=f"image:{image.pk}")


def _all(name: str) -> Any:
    return apps.get_model("articles", name)._default_manager.all()
