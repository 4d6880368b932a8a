"""Categories become the section tree. Parents are named by slug and may come after their children."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.core.exceptions import ValidationError

from articles.models import Section, TopLevelPath
from articles.paths import refuse_reserved, slug_from
from newsroom.transfer.report import Outcome, Report, Result, bring, checksum_of, keep, section_at, values_of
from newsroom.transfer.wordpress.bodies import to_words
from newsroom.transfer.wordpress.facts import Category, Label, Post
from newsroom.transfer.wordpress.importing.former_urls import archive_paths, slug_there
from newsroom.transfer.wordpress.importing.job import Job

KIND = "categories"
DEFAULT = "uncategorized"  # the slug WordPress gives the category of posts without one
DEEPEST = 12  # levels of sections; WordPress sets no limit, a URL of 400 characters does
CARRIED = ("name", "slug", "description", "parent_id")


def carry(job: Job, categories: Iterable[Category], kind: str = KIND) -> None:
    """All categories of a file, parents first."""
    new: dict[str, Category] = {}
    for category in categories:
        slug = category.slug or slug_from(category.name)
        if slug and slug not in job.categories and slug not in new:
            new[slug] = category
        else:
            why = "listed before" if slug else "it has neither a name nor a slug"
            job.report.count(kind, Result(Outcome.SKIPPED, reason=why), category.name)
    job.categories |= new
    for slug, category in _parents_first(new):
        job.report.attempt(kind, category.name or slug, partial(_carry_one, job, slug, category))


def carry_mentioned(job: Job) -> None:
    """Categories that only posts name: hand-made and partial exports do not declare them."""
    for slug, name in job.mentioned.items():
        if slug not in job.categories and not _section_at(job, slug):
            undeclared = Category(id="", slug=slug, parent="", name=name, description="")
            result = Report().attempt(KIND, name, partial(_carry_one, job, slug, undeclared))
            remark = "named only by posts; became a section too"
            job.report.note(KIND, name, remark if result.thing else f"{result.outcome}: {result.reason}")


def section_of(job: Job, post: Post) -> tuple[Section, list[Label]]:
    """The section of a post, and its other categories: the primary one if a plugin noted it, else the deepest."""
    labels = post.labelled("category")
    found = [(label, section) for label in labels if (section := _section_at(job, label.slug))]
    primary = post.detail("_yoast_wpseo_primary_category")
    chosen = next((pair for pair in found if primary and _term_id(job, pair[0]) == primary), None)
    chosen = chosen or max(found, key=lambda pair: _rank(pair[1], job), default=None)
    section = chosen[1] if chosen else default(job)
    implied = {job.options.uncategorised, *(ancestor.path for ancestor in section.trail())}
    at = {label: known.path for label, known in found}
    return section, [label for label in labels if at.get(label) not in implied]


def default(job: Job) -> Section:
    """The section for stories without a category, made when first needed."""
    return section_at(job.options.uncategorised)


def _rank(section: Section, job: Job) -> tuple[bool, int]:
    return section.path != job.options.uncategorised, section.path.count("/")


def _term_id(job: Job, label: Label) -> str:
    return job.categories[label.slug].id if label.slug in job.categories else ""


def _section_at(job: Job, old_slug: str) -> Section | None:
    """What this category became."""
    return job.became("category", old_slug, Section.objects)


def _parents_first(categories: dict[str, Category]) -> Iterator[tuple[str, Category]]:
    def depth(slug: str) -> int:
        """How far below the top; a circle of parents ends where it closes."""
        seen: list[str] = []
        while slug in categories and slug not in seen and len(seen) <= DEEPEST:
            seen.append(slug)
            slug = categories[slug].parent
        return len(seen)

    yield from sorted(categories.items(), key=lambda item: depth(item[0]))


def _carry_one(job: Job, old_slug: str, category: Category) -> Result:
    origin = job.origin("category", old_slug)
    if old_slug == DEFAULT:
        return _carry_default(job, category, old_slug)
    parent = _parent(job, category)
    name = to_words(category.name) or slug_there(old_slug)
    here = _section_at(job, old_slug)
    content = {
        "name": name[:80],
        "slug": _free_slug(job, name, slug_there(old_slug), parent, here),
        "description": to_words(category.description),
        "parent_id": parent.pk if parent else None,
    }
    twin = Section.objects.filter(parent=parent, slug=content["slug"], name=content["name"]).first()
    if twin and not here:
        keep(origin, twin, checksum=checksum_of(content))
        result = Result(Outcome.UNCHANGED, twin, "a section of this name was here already")
    else:
        result = bring(
            origin,
            content,
            Section.objects,
            make=lambda: Section.objects.create(**content),
            change=lambda section: _change(section, content),
            imprint=values_of(*CARRIED),
        )
    if result.thing:
        _keep_urls(job, category, old_slug, result.thing)
    return result


def _carry_default(job: Job, category: Category, old_slug: str) -> Result:
    known = job.pointed_at("category", old_slug)
    new = not Section.objects.filter(path=job.options.uncategorised).exists()
    section = default(job)
    if new and category.name:
        Section.objects.filter(pk=section.pk).update(name=to_words(category.name)[:80])
    keep(job.origin("category", old_slug), section)
    _keep_urls(job, category, old_slug, section)
    return Result(Outcome.CREATED if new and not known else Outcome.UNCHANGED, section)


def _parent(job: Job, category: Category) -> Section | None:
    if not category.parent:
        return None
    parent = _section_at(job, category.parent)
    if parent is None:
        job.report.note(
            KIND, category.name, "its parent is not in the file or part of a circle; it stands at the top"
        )
    return parent


def _change(section: Section, content: dict) -> None:
    for name, value in content.items():
        setattr(section, name, value)
    section.save()


def _free_slug(job: Job, name: str, wanted: str, parent: Section | None, here: Section | None) -> str:
    """The slug it had, unless that word is taken by the site itself, by a page or by another section here."""
    plain = slug_from(wanted) or slug_from(name, fallback="section")
    slug = next(slug for slug in _spellings(plain) if _is_free(slug, name, parent, here))
    if slug != wanted:
        job.report.note(KIND, name, f"its slug “{wanted}” became “{slug}”")
    return slug


def _spellings(slug: str) -> Iterator[str]:
    yield slug
    yield f"{slug[:70]}-section"
    yield from (f"{slug[:70]}-{number}" for number in range(2, 10_000))


def _is_free(slug: str, name: str, parent: Section | None, here: Section | None) -> bool:
    other = Section.objects.filter(parent=parent, slug=slug).first()
    try:
        if parent is None:
            TopLevelPath.require_free(slug, section=other)
        else:
            refuse_reserved(slug, at_top=False)
    except ValidationError:
        return False
    return other is None or other == here or (here is None and other.name == name)


def _keep_urls(job: Job, category: Category, old_slug: str, section: Section) -> None:
    """WordPress answers at /category/child/ as well as at /category/parent/child/, and by number."""
    chain, slug = [old_slug], category.parent
    while slug in job.categories and slug not in chain:
        chain.insert(0, slug)
        slug = job.categories[slug].parent
    page, feed, _atom = section.urls()
    for path in {"/".join(chain), old_slug}:
        for archive in archive_paths(job, f"category/{path}/"):
            job.former_paths.add(archive)
            job.remember(archive, page, kind=KIND, what=section.name)
            job.remember(f"{archive}feed/", feed, kind=KIND, what=section.name)
