"""What to read next: stories about the same things, then stories from the same place."""

from collections import Counter

from articles.models import Article, TaggedArticle

SHOWN = 4
LOOKED_AT = 100  # taggings: beyond the newest of them nothing is news


def related_to(article: Article) -> list[Article]:
    """The live stories sharing most tags with this one, newer before older, then its section's newest."""
    shared = Counter(_tagged_alike(article))
    alike = [pk for pk, _count in shared.most_common(SHOWN * 3)]
    beside = Article.objects.published().filter(section=article.section_id).newest_first()
    near = list(beside.values_list("pk", flat=True)[: SHOWN + 1])
    found = Article.objects.published().for_cards().filter(pk__in=[*alike, *near]).besides([article])
    return sorted(found.newest_first(), key=lambda other: -shared[other.pk])[:SHOWN]


def _tagged_alike(article: Article) -> list[int]:
    """The key of every other article once for each tag it shares, of the newest taggings."""
    tags = [tag.pk for tag in article.topics_list()]
    if not tags:
        return []
    taggings = TaggedArticle.objects.filter(tag__in=tags).exclude(content_object=article.pk)
    return list(taggings.order_by("-content_object").values_list("content_object", flat=True)[:LOOKED_AT])
