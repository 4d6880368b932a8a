"""What the moderators' search looks at. Comments are many and short: nobody keeps an index of their words."""

from collections.abc import Iterable
from functools import reduce

from django.db.models import Max, Q, QuerySet

from articles import search
from articles.models import Article
from comments.models import Comment

LONGEST = 200  # letters of a question
LATEST = 10_000  # comments read through for a word
MOST = 1000  # found


def said(comments: QuerySet[Comment], question: str) -> list[int]:
    """The keys of those of these comments that hold every word in their text or name. Reads them all."""
    return list(
        comments.order_by().filter(_each(question, "text", "name")).values_list("pk", flat=True)[:MOST]
    )


def under(question: str) -> list[int]:
    """The keys of articles that hold every word in their headline. May raise search.TakesTooLong."""
    found = search.matching(search.Query.parse(question, begun=True), MOST)
    articles = Article.objects.filter(_each(question, "headline"), pk__in=found)
    return list(articles.values_list("pk", flat=True))


def latest() -> QuerySet[Comment]:
    """The comments a search for words reads through, when it is not about those that wait."""
    newest = Comment.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return Comment.objects.filter(pk__gt=newest - LATEST)


def _each(question: str, *fields: str) -> Q:
    words: Iterable[str] = question[:LONGEST].split()
    holding = (reduce(Q.__or__, (Q(**{f"{field}__icontains": word}) for field in fields)) for word in words)
    return reduce(Q.__and__, holding, Q())
