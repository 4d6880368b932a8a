"""Tags stay tags; two that differ only in case or accents' encoding are one here."""

from articles.models import Tag
from newsroom.transfer.models import ImportRef
from newsroom.transfer.report import Outcome, Result, Skipped, keep
from newsroom.transfer.wordpress import facts
from newsroom.transfer.wordpress.bodies import to_words
from newsroom.transfer.wordpress.importing.former_urls import archive_paths, slug_there
from newsroom.transfer.wordpress.importing.job import Job

KIND = "tags"


def carry(job: Job, tag: facts.Tag, kind: str = KIND) -> Result:
    return job.report.attempt(kind, tag.name, lambda: _carry_one(job, tag))


def _carry_one(job: Job, old: facts.Tag) -> Result:
    name = to_words(old.name) or slug_there(old.slug)
    if not name:
        raise Skipped("it has no name")
    origin = job.origin("tag", old.slug or name)
    known = ImportRef.objects.of(origin)
    was_here = any(tag.pk for tag in Tag.objects.meant_by(name))
    [tag] = Tag.objects.named(name)
    keep(origin, tag)
    for archive in archive_paths(job, f"tag/{old.slug}/"):
        job.former_paths.add(archive)
        job.remember(archive, tag.get_absolute_url(), kind=KIND, what=name)
    if not was_here:
        return Result(Outcome.CREATED, tag)
    if known is None:
        return Result(Outcome.UNCHANGED, tag, "a tag of this name was here already")
    return Result(Outcome.UNCHANGED if known.object_id == tag.pk else Outcome.UPDATED, tag)
