"""Authors become contributors: names readers see credited, never logins, never rights."""

from articles.models import Byline, Contributor
from articles.paths import slug_from
from newsroom.transfer.models import ImportRef
from newsroom.transfer.report import Outcome, Result, bring, checksum_of, keep, values_of
from newsroom.transfer.wordpress.bodies import to_words
from newsroom.transfer.wordpress.facts import Author, Post
from newsroom.transfer.wordpress.importing.job import Job

KIND = "authors"


def carry(job: Job, author: Author) -> Result:
    return job.report.attempt(KIND, author.name(), lambda: _carry_one(job, author))


def bylines(job: Job, post: Post) -> list[tuple[Contributor, str]]:
    """Who is credited, in order: the co-authors a plugin lists, else the one author."""
    logins = [label.slug.removeprefix("cap-") or label.name for label in post.labelled("author")]
    logins = logins or ([post.creator] if post.creator else [])
    people = [_named(job, login) for login in dict.fromkeys(logins)]
    return [(person, Byline.Role.BY) for person in dict.fromkeys(people)]


def _carry_one(job: Job, author: Author) -> Result:
    name = to_words(author.name())[:120]
    origin = job.origin("author", author.login or author.id)
    known = ImportRef.objects.of(origin)
    namesake = None if known else _namesake(job, name)
    if namesake:
        keep(origin, namesake, checksum=checksum_of({"name": name}))
        result = Result(Outcome.UNCHANGED, namesake, "a contributor of this name was here already")
    else:
        result = bring(
            origin,
            {"name": name},
            Contributor.objects,
            make=lambda: Contributor.objects.create(name=name),
            change=lambda person: _rename(person, name),
            imprint=values_of("name"),
        )
    if result.thing and author.login:
        _keep_urls(job, author.login, result.thing)
    return result


def _namesake(job: Job, name: str) -> Contributor | None:
    """Somebody of the same name who did not come from this very site, where two logins are two people."""
    from_here = ImportRef.objects.filter(source=job.source, kind="author").values("object_id")
    return Contributor.objects.filter(name=name).exclude(pk__in=from_here).first()


def _named(job: Job, login: str) -> Contributor:
    """The contributor of this login; one whom only posts name is made on the way."""
    person = job.became("author", login, Contributor.objects)
    if person is None:
        person = _namesake(job, login) or Contributor.objects.create(name=login[:120])
        keep(job.origin("author", login), person)
        job.report.note(KIND, login, "named only by posts; became a contributor too")
    return person


def _rename(person: Contributor, name: str) -> None:
    person.name = name
    person.save()


def _keep_urls(job: Job, login: str, person: Contributor) -> None:
    archive = job.below(f"author/{slug_from(login) or login}/")
    job.former_paths.add(archive)
    job.remember(archive, person.get_absolute_url(), kind=KIND, what=person.name)
