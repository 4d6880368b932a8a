"""From the facts of an export to sections, people, pictures and stories. Writes models, knows no XML.

The stages follow each other over all files, because whatever is pointed at must be there before what points:
terms and people, then pictures, then pages and stories. Comments live upstairs and are told of each story.
"""

from collections.abc import Callable, Iterable

from articles.models import Article
from newsroom.transfer.report import Outcome, Result
from newsroom.transfer.wordpress.facts import Author, Category, Post, Tag, Term
from newsroom.transfer.wordpress.importing import articles, pages, people, pictures, sections, tags
from newsroom.transfer.wordpress.importing.job import Job, Options

__all__ = ["ArticleHook", "Job", "Options", "carry_items", "carry_pictures", "carry_terms", "kind_of"]

KINDS = {"post": "posts", "page": "pages", "attachment": "attachments"}
OTHERS = "others"
WHY_NOT = {
    "nav_menu_item": "menus are made here from the section tree",
    "wp_navigation": "menus are made here from the section tree",
    "wp_block": "reusable block: its text is put into the stories that show it",
    "revision": "an old version; only the last is carried over",
    "custom_css": "the look of the old site stays there",
}

ArticleHook = Callable[[Post, Article | None], None]


def kind_of(post_type: str) -> str:
    """Under which kind the report counts items of this type."""
    return KINDS.get(post_type, OTHERS)


def carry_terms(job: Job, parts: Iterable[object]) -> None:
    """First stage: sections, tags and people; and what later stages must know of items before they come."""
    categories, terms = [], []
    for part in parts:
        if isinstance(part, Category):
            categories.append(part)
        elif isinstance(part, Term):
            terms.append(part)
        elif isinstance(part, Author):
            people.carry(job, part)
        elif isinstance(part, Tag):
            tags.carry(job, part)
        elif isinstance(part, Post):
            job.foresee(part)
    sections.carry(job, categories)
    _carry_other_terms(job, terms)
    sections.carry_mentioned(job)


def _carry_other_terms(job: Job, terms: list[Term]) -> None:
    """Exports of single taxonomies list categories and tags in the shape of any other term."""
    of = {name: [term for term in terms if term.taxonomy == name] for name in ("category", "post_tag")}
    alike = [
        Category(term.id, term.slug, term.parent, term.name, term.description) for term in of["category"]
    ]
    sections.carry(job, alike, kind="terms")
    for term in of["post_tag"]:
        tags.carry(job, Tag(term.id, term.slug, term.name, term.description), kind="terms")
    for term in terms:
        if term.taxonomy not in of:
            why = f"the taxonomy “{term.taxonomy}” is not carried over"
            job.report.count("terms", Result(Outcome.SKIPPED, reason=why), term.name)


def carry_pictures(job: Job, parts: Iterable[object]) -> None:
    """Second stage: attachments."""
    for part in parts:
        if isinstance(part, Post) and part.type == "attachment":
            pictures.carry(job, part)


def carry_items(job: Job, parts: Iterable[object], told: ArticleHook) -> None:
    """Third stage: pages, stories and all other items. `told` hears of every item, with the story it became."""
    for part in parts:
        if isinstance(part, Post):
            told(part, _carry_item(job, part))


def _carry_item(job: Job, post: Post) -> Article | None:
    if post.type == "post":
        return articles.carry(job, post)
    if post.type == "page":
        pages.carry(job, post)
    elif post.type != "attachment":
        why = WHY_NOT.get(post.type, f"items of the type “{post.type}” are not carried over")
        job.report.count(OTHERS, Result(Outcome.SKIPPED, reason=why), post.title or post.id)
    return None
